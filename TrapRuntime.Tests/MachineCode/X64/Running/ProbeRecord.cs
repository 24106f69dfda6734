using System.Runtime.InteropServices;

namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>What a probe puts into the processor before it enters a guest, and what it finds there afterwards.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ProbeRecord
{
    internal const int Registers = 6;
    internal const int Vectors = 16;
    internal const int HalfBytes = 16;

    /// <summary>Afterwards: the image of <c>fxsave</c> (Intel SDM volume 1, 10.5.1).</summary>
    internal fixed byte Image[512];

    /// <summary>Afterwards: the upper halves of ymm0 to ymm15.</summary>
    internal fixed byte Uppers[Vectors * HalfBytes];

    /// <summary>Afterwards: the callee-saved registers.</summary>
    internal fixed ulong Saved[Registers];

    /// <summary>Before and afterwards: the stack pointer.</summary>
    internal ulong StackBefore;
    internal ulong StackAfter;

    /// <summary>Afterwards: the flags.</summary>
    internal ulong Flags;

    /// <summary>Before: the host's floating-point control state.</summary>
    internal uint HostMxcsr;
    internal uint HostX87;

    /// <summary>What the guest sets.</summary>
    internal uint GuestMxcsr;
    internal uint GuestX87;

    /// <summary>What the test runner had, to be put back.</summary>
    internal uint OuterMxcsr;
    internal uint OuterX87;

    /// <summary>The guest says that it runs.</summary>
    internal int Running;

    /// <summary>The host function a guest calls: the data of its entry, and its adapter.</summary>
    internal nint Slot;
    internal nint Adapter;

    /// <summary>A place for whatever.</summary>
    internal ulong Scratch;
}
