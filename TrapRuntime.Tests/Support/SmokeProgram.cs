using System.Diagnostics;
using System.Text;
using Mono.Unix.Native;
using TrapRuntime.AotSmoke.Crashes;
using Xunit;

namespace TrapRuntime.Tests.Support;

/// <summary>The smoke program as a process of its own, under either runtime.</summary>
internal sealed class SmokeProgram
{
    private const string AotVariable = "TRAPRUNTIME_SMOKE_AOT";
    private const string ClrVariable = "TRAPRUNTIME_SMOKE_CLR";
    private const string Project = "TrapRuntime.AotSmoke";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly string[] _command;

    private SmokeProgram(params string[] command) => _command = command;

    /// <summary>Finds the program; skips the test where it was not published. One that should be there and is not fails it.</summary>
    internal static SmokeProgram FindOrSkip(SmokeRuntime runtime)
    {
        if (runtime == SmokeRuntime.CoreClr)
        {
            string assembly = Environment.GetEnvironmentVariable(ClrVariable) ?? BuiltBesideUs();
            Assert.True(File.Exists(assembly), $"{assembly} is missing.");
            return new SmokeProgram(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", assembly);
        }

        return new SmokeProgram(PublishedOrSkip());
    }

    /// <summary>Finds the NativeAOT executable; skips the test where it was not published. One that should be there and is not fails it.</summary>
    internal static string PublishedOrSkip()
    {
        string? executable = Environment.GetEnvironmentVariable(AotVariable);
        if (string.IsNullOrEmpty(executable))
        {
            Assert.Skip($"{AotVariable} does not name the published {Project}; ./build.sh test publishes it.");
        }

        Assert.True(File.Exists(executable), $"{executable} is missing.");
        return executable;
    }

    /// <summary>Runs it to its end, or kills it when it hangs. Where it asks for a signal, it gets one.</summary>
    internal SmokeEnd Run(params string[] arguments)
    {
        List<string> output = [];
        StringBuilder errors = new();
        using Process process = new() { StartInfo = Describe(arguments) };
        process.OutputDataReceived += (_, line) => Answer(process, line.Data, output);
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        bool ended = process.WaitForExit(s_patience);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        return new SmokeEnd(ended ? process.ExitCode : null, output, errors.ToString());
    }

    // ./bin/<configuration>/net10.0, of the tests and of the program alike.
    private static string BuiltBesideUs()
    {
        DirectoryInfo framework = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string root = framework.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, Project, "bin", framework.Parent.Name, framework.Name, $"{Project}.dll");
    }

    private static void Answer(Process process, string? line, List<string> output)
    {
        if (line is null)
        {
            return;
        }

        output.Add(line);
        if (line != CrashTalk.Ready)
        {
            return;
        }

        _ = Syscall.kill(process.Id, Signum.SIGSEGV);
        try
        {
            process.StandardInput.WriteLine();
        }
        catch (IOException)
        {
            // It is dead already, as it should be.
        }
    }

    private ProcessStartInfo Describe(string[] arguments) => new(_command[0], [.. _command[1..], .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
