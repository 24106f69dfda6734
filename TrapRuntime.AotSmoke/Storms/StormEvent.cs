namespace TrapRuntime.AotSmoke.Storms;

/// <summary>One thing that a thread of a storm does again and again.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Weight">How often, beside the others.</param>
/// <param name="Run">Does it. Gives what went wrong, or null.</param>
internal sealed record StormEvent(string Name, int Weight, Func<StormWorker, string?> Run);
