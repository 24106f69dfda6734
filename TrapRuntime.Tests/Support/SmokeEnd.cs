namespace TrapRuntime.Tests.Support;

/// <summary>How a run of the smoke program ended.</summary>
/// <param name="ExitCode">The exit code; 128 and the signal's number when it died of one; null when it hung and was killed.</param>
/// <param name="Output">The lines of its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record SmokeEnd(int? ExitCode, IReadOnlyList<string> Output, string Errors);
