using TrapRuntime.Activations;

namespace TrapRuntime.Traps;

/// <summary>
/// Unmanaged tables that are no longer published but that a gate may still be reading. Not thread-safe: the registry's lock guards it.
/// </summary>
/// <remarks>
/// Only the gate's judgement of a signal reads these tables, and its thread is marked meanwhile (<see cref="ThreadBlock.Judging"/>). So once
/// a table is unpublished, each thread that is found unmarked proves that it will not be read there. The process-wide barrier makes that
/// proof sound without a barrier in the gate: a thread that marks itself afterwards reads the new table.
/// </remarks>
internal sealed unsafe class RetiredTables(Func<bool> anyJudgement)
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

    /// <summary>Frees all that wait if no gate can be reading them.</summary>
    internal bool TryFree()
    {
        Interlocked.MemoryBarrierProcessWide();
        if (anyJudgement())
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
