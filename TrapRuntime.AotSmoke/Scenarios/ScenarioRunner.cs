using System.Diagnostics;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>Makes a row of a case: runs it, then looks whether the runtime is as well as before.</summary>
internal static class ScenarioRunner
{
    internal static ScenarioRow Run(ScenarioCase scenario)
    {
        long start = Stopwatch.GetTimestamp();
        string got = Try(scenario.Run);
        double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        string? broken = RuntimeHealth.FindFault();
        return new ScenarioRow(
            scenario.What,
            scenario.Expected,
            broken is null ? got : $"{got}; then {broken}",
            microseconds,
            broken is null && got == scenario.Expected);
    }

    private static string Try(Func<string> run)
    {
        try
        {
            return run();
        }
        catch (Exception unexpected)
        {
            return $"{unexpected.GetType().Name}: {unexpected.Message}";
        }
    }
}
