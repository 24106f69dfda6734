namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>The account at the end: every stack that guests used was given back.</summary>
internal sealed class NothingLost : IScenario
{
    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("stacks in use when no guest runs", "0", static () => $"{TrapHandlers.GetStatistics().StacksInUse}"),
        new("handlers on top", "nobody came over ours", static () => TrapHandlers.EnsureTopmost() ? "another handler was on top" : "nobody came over ours"),
    ];
}
