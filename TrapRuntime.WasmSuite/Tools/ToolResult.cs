namespace TrapRuntime.WasmSuite.Tools;

/// <summary>What a tool said.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    private const string ErrorMark = "error: ";
    private const int SignalBase = 128; // an exit code above it names the signal

    /// <summary>Gets a value indicating whether the tool was content.</summary>
    internal bool Succeeded => ExitCode == 0;

    /// <summary>Gets the first line of what it had to complain about, without the file's path.</summary>
    internal string FirstComplaint
    {
        get
        {
            string[] lines = (Error + "\n" + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            string line = lines.FirstOrDefault(line => line.Contains(ErrorMark, StringComparison.Ordinal))
                ?? lines.FirstOrDefault(line => !line.StartsWith("warning:", StringComparison.Ordinal))
                ?? (ExitCode > SignalBase ? $"ends itself (signal {ExitCode - SignalBase}), as wabt does on what it does not implement" : $"exit code {ExitCode}");
            int error = line.IndexOf(ErrorMark, StringComparison.Ordinal);
            return error < 0 ? line : line[(error + ErrorMark.Length)..];
        }
    }
}
