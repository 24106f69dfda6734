using System.Runtime.CompilerServices;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>The faults that the runtime turns into exceptions, some frames down.</summary>
internal static class ManagedFaults
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int NullReference(int depth) => depth <= 1 ? LengthOf(null) : NullReference(depth - 1) + 1;

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int DivideByZero(int depth) => depth <= 1 ? Divide(1, 0) : DivideByZero(depth - 1) + 1;

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Overflow(int depth) => depth <= 1 ? Divide(int.MinValue, -1) : Overflow(depth - 1) + 1;

    // Not inlined: a compiler that sees the arguments would throw by itself, and no fault would happen.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LengthOf(string? text) => text!.Length;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Divide(int dividend, int divisor) => dividend / divisor;
}
