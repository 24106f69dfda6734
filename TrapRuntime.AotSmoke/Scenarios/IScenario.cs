namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>One thing that guests do, in one or more variants. Listed in <see cref="ScenarioTable"/>.</summary>
internal interface IScenario
{
    /// <summary>Gets the variants, each of which makes a row.</summary>
    IEnumerable<ScenarioCase> Cases { get; }
}
