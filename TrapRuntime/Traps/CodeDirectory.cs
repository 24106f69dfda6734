namespace TrapRuntime.Traps;

/// <summary>
/// The registry as managed code reads it: an immutable list of leaves. A reader takes the reference once and needs no lock; a trap
/// keeps it, so that its frames are named after the code that was there, even if that code is disposed before anyone asks.
/// </summary>
internal sealed class CodeDirectory(CodeLeaf[] leaves)
{
    /// <summary>Gets a registry without ranges.</summary>
    internal static CodeDirectory Empty { get; } = new([]);

    /// <summary>Gets the leaves, sorted.</summary>
    internal ReadOnlySpan<CodeLeaf> Leaves => leaves;

    /// <summary>Finds the range that holds an address.</summary>
    internal bool TryFind(nuint address, out CodeRange range)
    {
        int leaf = IndexOfLeaf(address);
        if (leaf >= 0)
        {
            ReadOnlySpan<CodeRange> ranges = leaves[leaf].Ranges;
            int index = CodeLeaf.UpperBound(ranges, address) - 1;
            if (index >= 0 && ranges[index].Bounds.Contains(address))
            {
                range = ranges[index];
                return true;
            }
        }

        range = default;
        return false;
    }

    /// <summary>Finds the last leaf that starts at or below an address, or -1.</summary>
    internal int IndexOfLeaf(nuint address)
    {
        int low = 0;
        int high = leaves.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (leaves[middle].FirstStart <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    /// <summary>Makes a directory in which some leaves stand for <paramref name="removed"/> leaves from <paramref name="index"/> on.</summary>
    internal CodeDirectory Replace(int index, int removed, ReadOnlySpan<CodeLeaf> inserted) =>
        new([.. leaves.AsSpan(0, index), .. inserted, .. leaves.AsSpan(index + removed)]);
}
