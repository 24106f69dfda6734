using TrapRuntime.Activations;

namespace TrapRuntime.MachineCode.X64;

/// <summary>Where a returning host call goes when its guest must end: by the host's wish, or by an interrupt that was left pending.</summary>
internal static class LeaveThunk
{
    // In:  rbx = Activation*, rbp = the guest's frame at its host call. Out: unwound (interrupted: at the exit label), status set. Clobbers: flags.
    // An interrupted activation keeps the frame of its host call: the trap shows where the guest was.
    internal static void Emit(X64Emitter e, ThunkLabels labels)
    {
        e.Bind(labels.Leave);
        e.Store(Reg64.Rbx, ActivationOffsets.HostCallFrame, Reg64.Rbp);
        e.TestMemory32(Reg64.Rbx, ActivationOffsets.Status, (int)ActivationStatus.ReasonMask);
        e.JumpIf(Condition.NotEqual, labels.Unwound);
        e.OrMemory32(Reg64.Rbx, ActivationOffsets.Status, (int)ActivationStatus.Interrupted);
        e.Jump(labels.Exit);
    }
}
