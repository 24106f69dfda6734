namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>Addresses where nothing is.</summary>
internal static class WildAddress
{
    /// <summary>16 TiB: far from where Linux puts programs, heaps and libraries.</summary>
    internal static readonly nuint Unmapped = unchecked((nuint)0x1000_0000_0000);

    /// <summary>Outside both halves of the address space, with 4-level paging and with 5-level paging; faults without an address.</summary>
    internal static readonly nuint NonCanonical = unchecked((nuint)0x8080_0000_0000_0000);
}
