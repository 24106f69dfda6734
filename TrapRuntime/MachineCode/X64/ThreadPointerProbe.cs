namespace TrapRuntime.MachineCode.X64;

/// <summary>Reads the thread pointer: on x86_64 the word at fs:0 is its own address (System V ABI, TLS variant II).</summary>
internal static class ThreadPointerProbe
{
    // Out: rax = thread pointer. Clobbers: nothing else.
    internal static void Emit(X64Emitter e)
    {
        e.LoadThreadPointerRelative(Reg64.Rax, 0);
        e.Return();
    }
}
