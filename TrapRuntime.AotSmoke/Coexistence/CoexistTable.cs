namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>All checks.</summary>
internal static class CoexistTable
{
    /// <summary>Gets them.</summary>
    internal static IReadOnlyList<CoexistCheck> All { get; } =
    [
        new("state-kept", StateKept.Run),
    ];
}
