using TrapRuntime.Activations;

namespace TrapRuntime.Traps;

/// <summary>
/// Unmanaged tables that are no longer published but that a gate may still be reading. Not thread-safe: the registry's lock guards it.
/// </summary>
/// <remarks>
/// <para>
/// Only a gate or the signal handler on a thread with an activation reads these tables. So once a table is unpublished, a moment at
/// which no thread has an activation proves it free. The process-wide barrier makes that proof sound without a barrier on guest entry:
/// a thread that enters afterwards reads the new table.
/// </para>
/// <para>
/// Bound: the question is asked each time <see cref="AskEvery"/> more tables wait, so at most that many wait while guests come and go.
/// While one guest runs without end, what waits grows by one table (about 4 KiB) for each range that is removed or registered out of
/// address order; ranges registered in ascending order retire nothing.
/// </para>
/// </remarks>
internal sealed unsafe class RetiredTables(Func<bool> anyActivation)
{
    /// <summary>How many tables gather before the threads are looked at: it costs a barrier on all processors.</summary>
    internal const int AskEvery = 64;

    private readonly List<nint> _waiting = [];
    private int _askAt = AskEvery;

    /// <summary>Gets how many tables wait.</summary>
    internal int Waiting => _waiting.Count;

    /// <summary>Takes a table that has just been unpublished; null is ignored.</summary>
    internal void Retire(CodeTable* table)
    {
        if (table is null)
        {
            return;
        }

        _waiting.Add((nint)table);
        if (_waiting.Count >= _askAt && !TryFree())
        {
            _askAt = _waiting.Count + AskEvery;
        }
    }

    /// <summary>Frees all that wait if no guest runs anywhere.</summary>
    internal bool TryFree()
    {
        Interlocked.MemoryBarrierProcessWide();
        if (anyActivation())
        {
            return false;
        }

        foreach (nint table in _waiting)
        {
            CodeTables.Free((CodeTable*)table);
        }

        _waiting.Clear();
        _askAt = AskEvery;
        return true;
    }
}
