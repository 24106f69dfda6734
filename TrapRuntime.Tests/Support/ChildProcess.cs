using System.Diagnostics;
using System.Runtime.CompilerServices;
using TrapRuntime.AotSmoke.Scenarios;
using TrapRuntime.Tests.Coexistence;

namespace TrapRuntime.Tests.Support;

/// <summary>Runs a scenario that would harm other tests in a process of its own, which is this executable again.</summary>
internal static class ChildProcess
{
    private const string ScenarioVariable = "TRAPRUNTIME_TESTS_SCENARIO";

    private static readonly Dictionary<string, Func<string?>> s_scenarios = new()
    {
        [nameof(StackExhaustion)] = StackExhaustion.Run,
        [nameof(CallExhaustion)] = CallExhaustion.Run,
        [nameof(TwoLoadContexts)] = TwoLoadContexts.Run,
    };

    /// <summary>Runs a scenario to its end.</summary>
    /// <returns>The exit code, 0 when all went well, and what the scenario wrote to standard error.</returns>
    internal static (int ExitCode, string Errors) Run(string scenario)
    {
        string executable = Environment.ProcessPath!;
        ProcessStartInfo start = new(executable) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(executable) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        }

        start.Environment[ScenarioVariable] = scenario;

        // A scenario that leaves no memory must not be ended by a compiler that wants some in the background.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using Process child = Process.Start(start)!;
        child.OutputDataReceived += static (_, _) => { };
        child.BeginOutputReadLine();
        string errors = child.StandardError.ReadToEnd();
        child.WaitForExit();
        return (child.ExitCode, errors);
    }

    /// <summary>In the child: runs the scenario instead of the tests.</summary>
    [ModuleInitializer]
    internal static void RunScenarioIfAsked()
    {
        string? scenario = Environment.GetEnvironmentVariable(ScenarioVariable);
        if (scenario is null)
        {
            return;
        }

        // Asked once: another copy of this assembly, or a child of this process, is not.
        Environment.SetEnvironmentVariable(ScenarioVariable, null);
        string? failure = s_scenarios[scenario]();
        if (failure is not null)
        {
            Console.Error.WriteLine(failure);
        }

        Environment.Exit(failure is null ? 0 : 1);
    }
}
