namespace TrapRuntime.AotSmoke.Storms;

/// <summary>A moment between events, on every thread of a storm at once: what is used then is kept, not at work.</summary>
internal sealed class StormPause : IDisposable
{
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private int _atWork;

    /// <summary>A thread begins its work.</summary>
    internal void Join() => Interlocked.Increment(ref _atWork);

    /// <summary>A thread has ended its work.</summary>
    internal void Leave() => Interlocked.Decrement(ref _atWork);

    /// <summary>Between two events: waits while there is a pause.</summary>
    internal void Pass()
    {
        while (!_open.IsSet)
        {
            // The thread's own stack too, or its size, the last event's choice, would be what is seen.
            GuestStacks.DrainPool();
            Leave();
            _open.Wait();

            // The next pause may have begun already: it must not count on this thread while it works.
            Join();
        }
    }

    /// <summary>Runs something while no event is under way.</summary>
    /// <returns>False if the threads did not come to rest for so long; then it did not run.</returns>
    internal bool TryRun(Action action, TimeSpan patience)
    {
        _open.Reset();
        try
        {
            if (!SpinWait.SpinUntil(() => Volatile.Read(ref _atWork) == 0, patience))
            {
                return false;
            }

            action();
            return true;
        }
        finally
        {
            _open.Set();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _open.Dispose();
}
