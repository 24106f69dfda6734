using System.Diagnostics;

namespace TrapRuntime.Tests.Support;

/// <summary>Runs other programs.</summary>
internal static class Processes
{
    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It did not end, and was killed.</exception>
    internal static ProcessResult Run(IReadOnlyList<string> words, Dictionary<string, string> environment, TimeSpan patience)
    {
        ProcessStartInfo start = new(words[0], words.Skip(1)) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', words)} did not end within {patience}: {output.Result} {errors.Result}");
        }

        return new ProcessResult(process.ExitCode, output.Result, errors.Result);
    }
}
