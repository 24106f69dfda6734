namespace TrapRuntime.MachineCode.X64;

/// <summary>Copies bytes and survives a fault: the judge knows its one access and sends it to the failing end.</summary>
internal static class SafeCopyThunk
{
    // In:  rdi = destination, rsi = source, rdx = length. Out: eax = 1 when all was copied, 0 after a fault.
    // Clobbers: rcx, rdi, rsi.
    internal static void Emit(X64Emitter e, ThunkLabels labels)
    {
        e.Bind(labels.SafeCopy);
        e.Move(Reg64.Rcx, Reg64.Rdx);
        e.Bind(labels.SafeCopyAccess);
        e.RepeatMoveBytes();
        e.Move(Reg64.Rax, 1);
        e.Return();

        e.Bind(labels.SafeCopyFailed);
        e.Zero(Reg64.Rax);
        e.Return();
    }
}
