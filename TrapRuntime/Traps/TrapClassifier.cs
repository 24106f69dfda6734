using System.Runtime.CompilerServices;
using TrapRuntime.Platforms;

namespace TrapRuntime.Traps;

/// <summary>Turns the facts of a fault into a trap code. Pure; the order of the lines is the order of priority.</summary>
/// <remarks>Wasmer: the code that <c>TrapHandlerContextInner::handle_trap</c> and <c>RuntimeError</c> choose between them.</remarks>
internal static class TrapClassifier
{
    /// <summary>Gives the code that the facts prove, or <see cref="TrapCode.None"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TrapCode Classify(in TrapFacts facts) =>
        facts.Kind is FaultKind.Other ? TrapCode.None
        : facts.Kind is FaultKind.IllegalInstruction && facts.Payload is not TrapCode.None ? facts.Payload
        : facts.Site is not TrapCode.None ? facts.Site
        : HitGuard(facts) ? TrapCode.StackOverflow
        : facts.IsInMemory && IsAccess(facts.Kind) ? TrapCode.HeapAccessOutOfBounds
        : facts.IsInMemory && facts.Kind is FaultKind.Misaligned ? TrapCode.HeapMisaligned
        : facts.Kind is FaultKind.IntegerDivide ? OfDivision(facts.Divisor)
        : facts.Kind is FaultKind.IntegerOverflow ? TrapCode.IntegerOverflow
        : TrapCode.None;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HitGuard(in TrapFacts facts) =>
        IsAccess(facts.Kind) ? facts.Address is { } address && facts.Guard.Contains(address)
        : facts.Kind is FaultKind.MemoryAccessWithoutAddress && !facts.IsNonCanonical && IsNearGuard(facts);

    // A signal whose frame does not fit becomes a SIGSEGV without an address: the stack was all but used up.
    private static bool IsNearGuard(in TrapFacts facts) =>
        facts.StackPointer >= facts.Guard.Start && facts.StackPointer < facts.Guard.End + facts.SignalFrameSize;

    private static bool IsAccess(FaultKind kind) => kind is FaultKind.MemoryAccess or FaultKind.Bus;

    private static TrapCode OfDivision(Divisor divisor) => divisor switch
    {
        Divisor.Zero => TrapCode.IntegerDivisionByZero,
        Divisor.NonZero => TrapCode.IntegerOverflow,
        _ => TrapCode.None,
    };
}
