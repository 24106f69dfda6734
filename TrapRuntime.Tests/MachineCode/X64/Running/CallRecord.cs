using System.Runtime.InteropServices;

namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>What a recorder saw of the call that reached it. In unmanaged memory, because machine code writes it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CallRecord
{
    internal const int Generals = 6;
    internal const int Vectors = 8;
    internal const int MaxStackWords = 128;

    internal long Calls;
    internal fixed ulong General[Generals];
    internal fixed ulong Vector[Vectors];
    internal fixed ulong Stack[MaxStackWords];
    internal ulong StackPointer;
    internal ulong Flags;
    internal ulong Rax;
    internal uint Mxcsr;
    internal uint X87;

    /// <summary>What the recorder answers, in rax, rdx, xmm0 and xmm1.</summary>
    internal ulong Result;
    internal ulong SecondResult;
    internal ulong VectorResult;
    internal ulong SecondVectorResult;
}
