namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>One row to be made.</summary>
/// <param name="What">What happens, in a few words; unique.</param>
/// <param name="Expected">The text that says it went as it should.</param>
/// <param name="Run">Lets it happen, for real, and says how it went.</param>
internal sealed record ScenarioCase(string What, string Expected, Func<string> Run);
