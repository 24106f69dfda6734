using TrapRuntime.AotSmoke.Coexistence;

namespace TrapRuntime.AotSmoke.Storms;

/// <summary>One thread of a storm: picks events by its own random numbers, counts them, stops at the first that goes wrong.</summary>
internal sealed class StormWorker(int index, int seed, IReadOnlyList<StormEvent> events)
{
    private readonly int _totalWeight = events.Sum(static one => one.Weight);
    private volatile string _doing = "";
    private long _done;

    /// <summary>Gets the worker's number.</summary>
    internal int Index { get; } = index;

    /// <summary>Gets its random numbers.</summary>
    internal Random Random { get; } = new(unchecked((seed * 397) ^ index));

    /// <summary>Gets how often each event happened.</summary>
    internal long[] Counts { get; } = new long[events.Count];

    /// <summary>Gets what went wrong, or null.</summary>
    internal string? Wrong { get; private set; }

    /// <summary>Gets how many events are over; a watchdog looks whether it moves.</summary>
    internal long Done => Interlocked.Read(ref _done);

    /// <summary>Gets the event under way.</summary>
    internal string Doing => _doing;

    /// <summary>Goes on until told to stop.</summary>
    internal void Run(StormClock clock, StormPause pause)
    {
        pause.Join();
        ThreadFacts before = ThreadFacts.Read();
        while (!clock.IsOver && Wrong is null)
        {
            pause.Pass();
            int i = Pick();
            _doing = events[i].Name;
            Wrong = Try(events[i]);
            Counts[i]++;
            _ = Interlocked.Increment(ref _done);
        }

        ThreadFacts after = ThreadFacts.Read() with { Error = before.Error };
        Wrong ??= before == after ? null : $"{before} became {after}";
        if (Wrong is not null)
        {
            clock.Stop();
        }

        pause.Leave();
    }

    private string? Try(StormEvent one)
    {
        try
        {
            return one.Run(this);
        }
        catch (Exception error)
        {
            return error.ToString();
        }
    }

    private int Pick()
    {
        int at = Random.Next(_totalWeight);
        int i = 0;
        while (at >= events[i].Weight)
        {
            at -= events[i].Weight;
            i++;
        }

        return i;
    }
}
