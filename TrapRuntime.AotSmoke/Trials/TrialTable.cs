namespace TrapRuntime.AotSmoke.Trials;

/// <summary>All trials.</summary>
internal static class TrialTable
{
    /// <summary>Gets them.</summary>
    internal static IReadOnlyList<ITrial> All { get; } =
    [
        new KeepTrial(),
        new TrimTrial(),
        new ScrubTrial(),
        new PressureTrial(),
        new ExhaustionTrial(),
        new SignalStackTrial(),
        new ComingAndGoingTrial(),
    ];
}
