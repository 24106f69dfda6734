namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>How one case went.</summary>
/// <param name="What">The case.</param>
/// <param name="Expected">The text that says it went as it should.</param>
/// <param name="Got">The text it gave, and behind it what no longer worked afterwards.</param>
/// <param name="Microseconds">How long it took, the checks afterwards not included.</param>
/// <param name="Ok">Whether all of it held.</param>
internal sealed record ScenarioRow(string What, string Expected, string Got, double Microseconds, bool Ok);
