using System.Diagnostics;
using Xunit;

namespace TrapRuntime.Tests.Support;

/// <summary>The smoke program under either runtime: CoreCLR always, NativeAOT where the build has published it and says so.</summary>
internal static class SmokeProgram
{
    private const string AotVariable = "TRAPRUNTIME_SMOKE_AOT";
    private const string Program = "TrapRuntime.AotSmoke";
    private const string ClrVariable = "TRAPRUNTIME_SMOKE_CLR";
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);

    /// <summary>Runs a command under NativeAOT, or skips the test where there is no such executable.</summary>
    internal static (int ExitCode, string Output) RunAot(params string[] arguments) =>
        Run(new ProcessStartInfo(FindAot(), arguments));

    /// <summary>Runs a command under CoreCLR.</summary>
    internal static (int ExitCode, string Output) RunClr(params string[] arguments) =>
        Run(new ProcessStartInfo("dotnet", [FindClr(), .. arguments]));

    private static string FindAot()
    {
        string? path = Environment.GetEnvironmentVariable(AotVariable);
        Assert.SkipWhen(path is null, $"{AotVariable} does not name the NativeAOT executable: ./build.sh test publishes it.");
        return path!;
    }

    // The one the build names, else the one that was built along with the tests.
    private static string FindClr()
    {
        DirectoryInfo tests = new(AppContext.BaseDirectory);
        return Environment.GetEnvironmentVariable(ClrVariable)
            ?? Path.Combine(
                tests.Parent!.Parent!.Parent!.Parent!.FullName, Program, "bin", tests.Parent!.Name, tests.Name, $"{Program}.dll");
    }

    private static (int ExitCode, string Output) Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_longest))
        {
            process.Kill();
            process.WaitForExit();
        }

        return (process.ExitCode, output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
    }
}
