namespace TrapRuntime.AotSmoke.Calls;

/// <summary>Something that must hold does not; the message says what came instead.</summary>
internal sealed class CheckFailedException(string message) : Exception(message);
