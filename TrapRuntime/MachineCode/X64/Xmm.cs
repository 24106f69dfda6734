using System.Diagnostics.CodeAnalysis;

namespace TrapRuntime.MachineCode.X64;

/// <summary>A vector register of x86_64 that needs no AVX-512, valued as the instruction encoding numbers it.</summary>
[SuppressMessage("Naming", "CA1712", Justification = "The registers are called xmm0 to xmm15.")]
internal enum Xmm : byte
{
    Xmm0 = 0,
    Xmm1 = 1,
    Xmm2 = 2,
    Xmm3 = 3,
    Xmm4 = 4,
    Xmm5 = 5,
    Xmm6 = 6,
    Xmm7 = 7,
    Xmm8 = 8,
    Xmm9 = 9,
    Xmm10 = 10,
    Xmm11 = 11,
    Xmm12 = 12,
    Xmm13 = 13,
    Xmm14 = 14,
    Xmm15 = 15,
}
