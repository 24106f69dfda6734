namespace TrapRuntime.AotSmoke.Memory;

/// <summary>One mapping of this process.</summary>
internal sealed record ProcessMapping(nuint Start, nuint End, string Access, long ResidentBytes, string Flags);
