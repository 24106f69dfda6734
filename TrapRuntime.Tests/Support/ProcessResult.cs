namespace TrapRuntime.Tests.Support;

/// <summary>How another program ended. The exit code of a process that a signal killed is 128 and the signal.</summary>
internal sealed record ProcessResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Everything, for the message of a failed test.</summary>
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";
}
