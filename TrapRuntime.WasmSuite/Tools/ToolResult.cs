namespace TrapRuntime.WasmSuite.Tools;

/// <summary>What a tool said.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>Gets a value indicating whether the tool was content.</summary>
    internal bool Succeeded => ExitCode == 0;

    /// <summary>Gets the first line of what it had to complain about, without the file's path.</summary>
    internal string FirstComplaint
    {
        get
        {
            string line = (Error + "\n" + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .FirstOrDefault(line => !line.StartsWith("warning:", StringComparison.Ordinal)) ?? $"exit code {ExitCode}";
            int error = line.IndexOf("error: ", StringComparison.Ordinal);
            return error < 0 ? line : line[(error + "error: ".Length)..];
        }
    }
}
