using System.Diagnostics;

namespace TrapRuntime.Tests.Support;

/// <summary>The smoke program as NativeAOT compiled it. Who starts the tests says where it lies.</summary>
internal static class SmokeExecutable
{
    private const string Variable = "TRAPRUNTIME_SMOKE_AOT";

    internal const string Missing = $"{Variable} names no executable; ./build.sh test publishes one and sets it";

    internal static string? Path { get; } = Environment.GetEnvironmentVariable(Variable);

    /// <summary>Runs a command to its end.</summary>
    internal static (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Path!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        Task.WaitAll(output, errors);
        return (process.ExitCode, output.Result, errors.Result);
    }
}
