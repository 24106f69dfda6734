using TrapRuntime.Activations;

namespace TrapRuntime.MachineCode.X64;

/// <summary>Where a returning host call goes when its guest must end: by the host's wish, or by an interrupt that was left pending.</summary>
internal static class LeaveThunk
{
    // In:  rbx = Activation*. Out: at the exit label, status set. Clobbers: flags.
    internal static void Emit(X64Emitter e, ThunkLabels labels)
    {
        e.Bind(labels.Leave);
        e.CompareMemory32(Reg64.Rbx, ActivationOffsets.Status, 0);
        e.JumpIf(Condition.NotEqual, labels.Exit);
        e.StoreImmediate32(Reg64.Rbx, ActivationOffsets.Status, (int)ActivationStatus.Interrupted);
        e.Jump(labels.Exit);
    }
}
