namespace TrapRuntime;

/// <summary>What a host knows about a piece of guest code. The lists are copied and sorted at registration.</summary>
public sealed record GuestCodeInfo
{
    /// <summary>Gets the name that back-traces show for the code, a module's name for instance; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the instructions whose faults have a known meaning, at most one for an offset.</summary>
    public IReadOnlyList<TrapSite> TrapSites { get; init; } = [];

    /// <summary>Gets the functions, at most one for an offset. Where two overlap, the one that starts later wins.</summary>
    public IReadOnlyList<GuestSymbol> Symbols { get; init; } = [];
}
