namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>All scenarios, in the order in which they run.</summary>
internal static class ScenarioTable
{
    private static readonly IScenario[] s_scenarios =
    [
        new PlainReturn(),
        new WildAccess(),
        new WildCall(),
        new IllegalInstruction(),
        new IntegerDivision(),
        new StackOverflow(),
        new FrameIntoGuard(),
        new LibraryFault(),
        new TruncatedFile(),
        new LazyMemory(),
        new LinearMemory(),
        new ManyThreads(),
        new EndlessLoop(),
        new HostFunctions(),
        new HostRaises(),
        new NestedCalls(),
        new NativeEntries(),
        new ManyArguments(),
        new RefusedEntry(),
        new NothingLost(),
    ];

    /// <summary>Gets the cases whose name contains a text, whatever its case; all of them for an empty text.</summary>
    internal static IEnumerable<ScenarioCase> Select(string filter) => s_scenarios
        .SelectMany(scenario => scenario.Cases)
        .Where(scenario => scenario.What.Contains(filter, StringComparison.OrdinalIgnoreCase));
}
