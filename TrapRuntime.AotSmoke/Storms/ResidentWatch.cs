using TrapRuntime.AotSmoke.Coexistence;

namespace TrapRuntime.AotSmoke.Storms;

/// <summary>
/// The least resident memory in a window near the beginning of a storm and in one at its end. The heap breathes between collections, and
/// idle guest stacks keep the pages they touched: the least of several looks, each while no event is under way and after the heap gave back
/// what it holds in reserve and the pool its idle stacks, shows what grows.
/// </summary>
internal sealed class ResidentWatch(TimeSpan duration, StormPause pause)
{
    /// <summary>When the first window opens: the heaps have found their size.</summary>
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    /// <summary>An event lasts milliseconds. A thread that takes longer costs a look; the storm's own watch tells when it hangs.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private TimeSpan _next = s_settled;

    /// <summary>Gets the bytes of the first window, or 0 if the storm was too short.</summary>
    internal long AtFirst { get; private set; }

    /// <summary>Gets the bytes of the last window, or 0 if the storm was too short.</summary>
    internal long AtLast { get; private set; }

    /// <summary>Looks if it is time to.</summary>
    internal void Look(TimeSpan elapsed)
    {
        bool isFirst = elapsed < s_settled + s_window;
        if (elapsed < _next || (!isFirst && elapsed < duration - s_window))
        {
            return;
        }

        _next = elapsed + s_pause;
        _ = pause.TryRun(() => Note(isFirst), s_patience);
    }

    private void Note(bool isFirst)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GuestStacks.DrainPool();
        long resident = MemoryUse.Resident();
        if (isFirst)
        {
            AtFirst = AtFirst == 0 ? resident : Math.Min(AtFirst, resident);
        }
        else
        {
            AtLast = AtLast == 0 ? resident : Math.Min(AtLast, resident);
        }
    }
}
