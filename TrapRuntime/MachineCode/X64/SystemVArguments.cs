namespace TrapRuntime.MachineCode.X64;

/// <summary>The argument registers of the System V convention, in order (System V ABI, AMD64 supplement, 3.2.3).</summary>
internal static class SystemVArguments
{
    /// <summary>Gets the integer argument registers.</summary>
    internal static ReadOnlySpan<Reg64> General => [Reg64.Rdi, Reg64.Rsi, Reg64.Rdx, Reg64.Rcx, Reg64.R8, Reg64.R9];

    /// <summary>Gets the floating-point argument registers.</summary>
    internal static ReadOnlySpan<Xmm> Vector =>
        [Xmm.Xmm0, Xmm.Xmm1, Xmm.Xmm2, Xmm.Xmm3, Xmm.Xmm4, Xmm.Xmm5, Xmm.Xmm6, Xmm.Xmm7];

    /// <summary>The first stack argument of a function that has pushed rbp: above rbp itself and the return address.</summary>
    internal const int FirstStackArgument = 16;
}
