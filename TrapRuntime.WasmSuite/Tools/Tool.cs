using System.ComponentModel;
using System.Diagnostics;

namespace TrapRuntime.WasmSuite.Tools;

/// <summary>Runs a program of the tool chain and waits for it.</summary>
internal static class Tool
{
    /// <summary>Runs a program.</summary>
    /// <exception cref="ToolMissingException">There is no such program.</exception>
    internal static ToolResult Run(string program, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new ToolResult(process.ExitCode, output, error.GetAwaiter().GetResult());
        }
        catch (Win32Exception missing)
        {
            throw new ToolMissingException(program, missing);
        }
    }
}
