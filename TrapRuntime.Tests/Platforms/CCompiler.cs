using System.ComponentModel;
using System.Diagnostics;

namespace TrapRuntime.Tests.Platforms;

/// <summary>Asks the C compiler what the system's headers say. Without one the test fails: it is not skipped.</summary>
internal static class CCompiler
{
    private const string Missing = "gcc is needed to compare layouts with the system's headers. Install it: apt-get install gcc libc6-dev linux-libc-dev.";

    /// <summary>Checks a file without making anything of it.</summary>
    /// <returns>The compiler's complaints, empty if it has none.</returns>
    internal static string Check(string source)
    {
        ProcessStartInfo start = new("gcc", ["-std=gnu11", "-fsyntax-only", "-x", "c", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process gcc = Process.Start(start)!;
            Task<string> complaints = gcc.StandardError.ReadToEndAsync();
            gcc.StandardInput.Write(source);
            gcc.StandardInput.Close();
            gcc.WaitForExit();
            return gcc.ExitCode == 0 ? "" : complaints.Result;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(Missing, e);
        }
    }
}
