namespace TrapRuntime.WasmSuite.Tools;

/// <summary>A program of the tool chain is not installed.</summary>
internal sealed class ToolMissingException(string program, Exception cause)
    : Exception($"'{program}' cannot be started. Debian and Ubuntu: apt-get install wabt gcc g++ zlib1g libsqlite3-0", cause);
