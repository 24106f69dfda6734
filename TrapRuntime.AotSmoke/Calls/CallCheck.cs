namespace TrapRuntime.AotSmoke.Calls;

/// <summary>One thing that must hold for calls between host and guest, on every runtime.</summary>
/// <param name="Name">What holds, as a sentence.</param>
/// <param name="Run">Lets it happen; throws where it does not hold.</param>
internal sealed record CallCheck(string Name, Action Run);
