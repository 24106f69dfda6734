namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>All checks.</summary>
internal static class CoexistTable
{
    /// <summary>Gets them.</summary>
    internal static IReadOnlyList<CoexistCheck> All { get; } =
    [
        new("state-kept", StateKept.Run),
        new("small-signal-stack", SmallSignalStack.Run),
        new("returning-library", ReturningLibrary.Run),
        new("library-on-top-calling", LibraryOnTop.RunCalling),
        new("library-on-top-jumping", LibraryOnTop.RunJumping),
        new("late-signal", LateSignal.Run),
        new("tight-signal", LateSignal.RunTight),
        new("tail-call", TailCall.Run),
        new("straddle", Straddle.Run),
        new("collection", CollectionBesideGuest.Run),
        new("guest-stack-below", StackOrder.GuestBelow),
        new("guest-stack-above", StackOrder.GuestAbove),
    ];
}
