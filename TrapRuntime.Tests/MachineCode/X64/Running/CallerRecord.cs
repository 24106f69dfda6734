using System.Runtime.InteropServices;

namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>What a caller found when its call came back.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CallerRecord
{
    internal fixed ulong Saved[ProbeRecord.Registers];
    internal ulong StackBefore;
    internal ulong StackAfter;
    internal ulong Result;
    internal ulong SecondResult;
    internal ulong VectorResult;
    internal ulong SecondVectorResult;
    internal uint Mxcsr;
    internal uint X87;

    /// <summary>The control state the caller sets for itself.</summary>
    internal uint OwnMxcsr;
    internal uint OwnX87;
    internal uint OuterMxcsr;
    internal uint OuterX87;
}
