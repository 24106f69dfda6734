namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>One named check, run in a process of its own.</summary>
internal sealed record CoexistCheck(string Name, Func<string?> Run);
