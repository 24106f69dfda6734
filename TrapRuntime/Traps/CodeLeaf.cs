using TrapRuntime.Activations;

namespace TrapRuntime.Traps;

/// <summary>
/// The lower level of the registry: some neighbouring ranges, once for managed readers and once as the <see cref="CodeTable"/>
/// that the gate reads. Never changed once published, but for ranges put behind the last one.
/// </summary>
internal sealed unsafe class CodeLeaf
{
    /// <summary>
    /// Ranges in a leaf. Near the square root of a large registry, so that replacing a leaf and replacing the upper level
    /// cost alike: 100,000 ranges make some 500 leaves.
    /// </summary>
    internal const int Capacity = 256;

    private readonly CodeRange[] _ranges = new CodeRange[Capacity];
    private int _count;

    /// <summary>Makes a leaf of ranges that are sorted and apart.</summary>
    internal CodeLeaf(ReadOnlySpan<CodeRange> ranges)
    {
        Table = CodeTables.Allocate(Capacity);
        foreach (CodeRange range in ranges)
        {
            Append(range);
        }
    }

    /// <summary>Gets the unmanaged side. Owned by the registry, which retires it.</summary>
    internal CodeTable* Table { get; }

    /// <summary>Gets the lowest address of the first range.</summary>
    internal nuint FirstStart => _ranges[0].Bounds.Start;

    /// <summary>Gets the ranges published so far.</summary>
    internal ReadOnlySpan<CodeRange> Ranges => _ranges.AsSpan(0, Volatile.Read(ref _count));

    /// <summary>Gets a value indicating whether no further range fits.</summary>
    internal bool IsFull => _count == Capacity;

    /// <summary>Puts a range behind the last one. A reader sees the leaf before or after, never between.</summary>
    internal void Append(CodeRange range)
    {
        _ranges[_count] = range;
        CodeTables.Append(Table, range.Bounds);
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Finds where a range that starts at <paramref name="start"/> stands or would stand: after all that start at or below it.</summary>
    internal static int UpperBound(ReadOnlySpan<CodeRange> ranges, nuint start)
    {
        int low = 0;
        int high = ranges.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ranges[middle].Bounds.Start <= start)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
