using System.Diagnostics;

namespace TrapRuntime.Tests.Support;

/// <summary>
/// Runs the smoke program in a process of its own, under either runtime. The build says where it is by two environment variables;
/// without them the NativeAOT executable is published once, and the program for CoreCLR is the one built beside the tests.
/// </summary>
internal static class SmokeChild
{
    private const string Name = "TrapRuntime.AotSmoke";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly Lazy<string> s_nativeAot = new(() => Environment.GetEnvironmentVariable("TRAPRUNTIME_SMOKE_AOT") ?? Publish());
    private static readonly Lazy<string> s_coreClr = new(() => Environment.GetEnvironmentVariable("TRAPRUNTIME_SMOKE_CLR") ?? FindBuilt());

    /// <summary>Runs a command to its end.</summary>
    internal static ProcessResult Run(SmokeRuntime runtime, params string[] arguments) => Run(runtime, launcher: [], environment: [], arguments);

    /// <summary>Runs a command to its end, behind a launcher and with environment variables.</summary>
    /// <exception cref="TimeoutException">It did not end, and was killed.</exception>
    internal static ProcessResult Run(
        SmokeRuntime runtime, IReadOnlyList<string> launcher, Dictionary<string, string> environment, params string[] arguments)
    {
        string[] words = runtime == SmokeRuntime.NativeAot
            ? [.. launcher, s_nativeAot.Value, .. arguments]
            : [.. launcher, "dotnet", s_coreClr.Value, .. arguments];
        return Processes.Run(words, environment, s_patience);
    }

    // The smoke program is built whenever the tests are: the project file says so.
    private static string FindBuilt()
    {
        string framework = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
        return Path.Combine(Repository.Root, Name, "bin", configuration, framework, Name + ".dll");
    }

    private static string Publish()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Smoke");
        ProcessResult result = Processes.Run(
            ["dotnet", "publish", Path.Combine(Repository.Root, Name), "-f", "net9.0", "-r", "linux-x64", "-c", "Release", "-v", "q", "-o", folder], [], s_patience);
        return result.ExitCode == 0 ? Path.Combine(folder, Name) : throw new InvalidOperationException(result.ToString());
    }
}
