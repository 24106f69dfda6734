namespace TrapRuntime.MachineCode.X64;

/// <summary>Reads the shadow-stack pointer: zero where the thread has none, because there the instruction does nothing (Intel SDM volume 1, 17.3).</summary>
internal static class ShadowStackProbe
{
    // Out: rax = shadow-stack pointer or 0. Clobbers: flags.
    internal static void Emit(X64Emitter e)
    {
        e.Zero(Reg64.Rax);
        e.ReadShadowStackPointer(Reg64.Rax);
        e.Return();
    }
}
