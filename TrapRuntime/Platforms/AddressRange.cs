namespace TrapRuntime.Platforms;

/// <summary>A stretch of addresses.</summary>
/// <param name="Start">The first address.</param>
/// <param name="End">One past the last address.</param>
internal readonly record struct AddressRange(nuint Start, nuint End)
{
    /// <summary>Gets the number of bytes.</summary>
    internal nuint Length => End - Start;

    /// <summary>Tells whether an address lies inside.</summary>
    internal bool Contains(nuint address) => unchecked(address - Start) < Length;

    /// <summary>Tells whether the two share an address.</summary>
    internal bool Overlaps(AddressRange other) => Start < other.End && other.Start < End;

    /// <inheritdoc/>
    public override string ToString() => $"0x{Start:x}-0x{End:x}";
}
