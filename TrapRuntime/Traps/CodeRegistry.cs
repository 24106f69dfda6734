using System.Diagnostics.CodeAnalysis;
using TrapRuntime.Activations;
using TrapRuntime.Platforms;

namespace TrapRuntime.Traps;

/// <summary>
/// Which addresses are guest code. Two levels of sorted ranges, kept twice: unmanaged for the gate (through the process block) and
/// managed for everyone else. Readers take no lock; writers replace only what changes, so 100,000 ranges register quickly.
/// </summary>
/// <remarks>Wasmer: <c>FRAME_INFO</c>.</remarks>
/// <param name="block">Where the unmanaged tables are published.</param>
/// <param name="anyJudgement">Whether a gate judges a signal anywhere: see <see cref="RetiredTables"/>.</param>
internal sealed unsafe class CodeRegistry(ProcessBlock* block, Func<bool> anyJudgement)
{
    private readonly Lock _gate = new();
    private readonly RetiredTables _retired = new(anyJudgement);
    private CodeDirectory _directory = CodeDirectory.Empty;

    /// <summary>Gets the registry of the process.</summary>
    internal static CodeRegistry Shared { get; } = new(ProcessState.Block, GuestUsage.AnyJudgement);

    /// <summary>Gets the ranges as they are now. What it returns never loses a range.</summary>
    internal CodeDirectory Directory => Volatile.Read(ref _directory);

    /// <summary>Gets the unmanaged tables that wait to be freed, for tests and figures.</summary>
    internal int RetiredCount => _retired.Waiting;

    /// <summary>Tells whether a guest may be inside the addresses, as far as activations tell.</summary>
    internal static bool IsInUse(AddressRange range) => GuestUsage.IsCodeInUse(range);

    /// <summary>Finds the range that a guest function to be entered lies in. Code that is being disposed counts as absent.</summary>
    internal bool TryFindEntry(nuint address, out CodeRange range)
    {
        if (Directory.TryFind(address, out range) && !range.Owner.IsClosing)
        {
            return true;
        }

        range = default;
        return false;
    }

    /// <summary>Registers the ranges of a piece of code, all or none.</summary>
    /// <exception cref="ArgumentException">A range overlaps another one.</exception>
    /// <exception cref="OutOfMemoryException">There is no memory for the tables.</exception>
    internal void Add(GuestCode code, ReadOnlySpan<AddressRange> ranges)
    {
        lock (_gate)
        {
            ThrowIfOverlapping(ranges);
            int added = 0;
            try
            {
                for (; added < ranges.Length; added++)
                {
                    Insert(new CodeRange(ranges[added], code));
                }
            }
            catch (OutOfMemoryException)
            {
                RemoveAll(ranges[..added]);
                throw;
            }
        }
    }

    /// <summary>Takes ranges out that <see cref="Add"/> put in. Entry checks that remember them lapse.</summary>
    internal void Remove(ReadOnlySpan<AddressRange> ranges)
    {
        lock (_gate)
        {
            RemoveAll(ranges);
        }
    }

    /// <summary>Makes every remembered entry check lapse on all threads, before closing code is searched for guests.</summary>
    internal void InvalidateEntryChecks()
    {
        lock (_gate)
        {
            BumpVersion();
        }

        Interlocked.MemoryBarrierProcessWide();
    }

    private void RemoveAll(ReadOnlySpan<AddressRange> ranges)
    {
        foreach (AddressRange range in ranges)
        {
            Delete(range.Start);
        }

        BumpVersion();
    }

    private void BumpVersion() => Volatile.Write(ref block->CodeVersion, block->CodeVersion + 1);

    private void ThrowIfOverlapping(ReadOnlySpan<AddressRange> ranges)
    {
        foreach (AddressRange range in ranges)
        {
            // The last range that starts below the end is the only one that can reach into this one: all are apart.
            int leaf = _directory.IndexOfLeaf(range.End - 1);
            if (leaf < 0)
            {
                continue;
            }

            ReadOnlySpan<CodeRange> others = _directory.Leaves[leaf].Ranges;
            int index = CodeLeaf.UpperBound(others, range.End - 1) - 1;
            if (index >= 0 && others[index].Bounds.Overlaps(range))
            {
                ThrowOverlap(range, others[index]);
            }
        }
    }

    private void Insert(CodeRange range)
    {
        int index = Math.Max(_directory.IndexOfLeaf(range.Bounds.Start), 0);
        if (_directory.Leaves.IsEmpty)
        {
            Publish(0, 0, [new CodeLeaf([range])]);
            return;
        }

        CodeLeaf leaf = _directory.Leaves[index];
        ReadOnlySpan<CodeRange> ranges = leaf.Ranges;
        int position = CodeLeaf.UpperBound(ranges, range.Bounds.Start);
        if (position == ranges.Length)
        {
            if (leaf.IsFull)
            {
                Publish(index + 1, 0, [new CodeLeaf([range])]);
            }
            else
            {
                leaf.Append(range);
            }

            return;
        }

        CodeRange[] merged = [.. ranges[..position], range, .. ranges[position..]];
        int half = merged.Length > CodeLeaf.Capacity ? merged.Length / 2 : merged.Length;
        CodeLeaf low = new(merged.AsSpan(0, half));
        Publish(index, 1, half == merged.Length ? [low] : [low, new CodeLeaf(merged.AsSpan(half))]);
    }

    private void Delete(nuint start)
    {
        int index = _directory.IndexOfLeaf(start);
        ReadOnlySpan<CodeRange> ranges = _directory.Leaves[index].Ranges;
        int position = CodeLeaf.UpperBound(ranges, start) - 1;
        CodeRange[] rest = [.. ranges[..position], .. ranges[(position + 1)..]];
        int removed = 1;

        // A leaf that shrinks joins its neighbour, or a registry that once was large would stay wide.
        if (index + 1 < _directory.Leaves.Length && rest.Length + _directory.Leaves[index + 1].Ranges.Length <= CodeLeaf.Capacity / 2)
        {
            rest = [.. rest, .. _directory.Leaves[index + 1].Ranges];
            removed = 2;
        }

        Publish(index, removed, rest.Length == 0 ? [] : [new CodeLeaf(rest)]);
    }

    /// <summary>Replaces leaves in both copies of the registry, and retires what the gate may still be reading.</summary>
    private void Publish(int index, int removed, ReadOnlySpan<CodeLeaf> inserted)
    {
        CodeDirectory old = _directory;
        CodeDirectory next = old.Replace(index, removed, inserted);
        if (removed == 1 && inserted.Length == 1 && inserted[0].FirstStart == old.Leaves[index].FirstStart)
        {
            Volatile.Write(ref CodeTables.EntriesOf(block->CodeTable)[index].EndOrTable, (nuint)inserted[0].Table);
        }
        else
        {
            CodeTable* upper = block->CodeTable;
            Volatile.Write(ref *(nint*)&block->CodeTable, (nint)CodeTables.MakeUpper(next.Leaves));
            _retired.Retire(upper);
        }

        Volatile.Write(ref _directory, next);
        foreach (CodeLeaf leaf in old.Leaves.Slice(index, removed))
        {
            _retired.Retire(leaf.Table);
        }
    }

    [DoesNotReturn]
    private static void ThrowOverlap(AddressRange range, CodeRange other) => throw new ArgumentException(
        $"The code range {range} overlaps {other.Bounds} ({other.Owner.Name ?? "unnamed"}), which is registered already. "
        + "Dispose the earlier GuestCode first, or register each byte once.");
}
