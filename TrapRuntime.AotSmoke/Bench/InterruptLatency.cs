using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Bench;

/// <summary>
/// Measures how long a guest goes on after <see cref="CancellationTokenSource.Cancel()"/>, and in the same run what the system needs at
/// the least: from <c>pthread_kill</c> to the first instruction of a handler on another thread, which is at the same guest.
/// </summary>
internal sealed unsafe class InterruptLatency : IDisposable
{
    private const int WarmUpRounds = 500;

    /// <summary>Long enough for the guest to be back in its loop.</summary>
    private const int SpinsBetween = 1000;

    private readonly GuestCode _guest = StampGuest.Emit();
    private readonly StampingHandler _handler = new();
    private CancellationTokenSource? _next;
    private nint _thread;
    private nint _stamp;
    private long _returned;
    private bool _over;

    private InterruptLatency()
    {
    }

    /// <summary>Measures.</summary>
    /// <param name="rounds">How many cancellations, and how many signals.</param>
    internal static InterruptLatencyResult Measure(int rounds)
    {
        using InterruptLatency latency = new();
        return latency.Run(rounds);
    }

    public void Dispose()
    {
        _handler.Dispose();
        _guest.Dispose();
    }

    private InterruptLatencyResult Run(int rounds)
    {
        long stamp = 0;
        _stamp = (nint)(&stamp);
        Thread thread = new(RunGuests);
        thread.Start();
        List<double> stops = [];
        List<double> returns = [];
        List<double> floors = [];
        for (int round = -WarmUpRounds; round < rounds; round++)
        {
            (double stop, double back, double floor) = Once();
            // Negative: the guest's thread had lost its processor before.
            if (round >= 0 && stop >= 0)
            {
                stops.Add(stop);
                returns.Add(back);
                floors.Add(floor);
            }
        }

        Volatile.Write(ref _over, true);
        thread.Join();
        return new InterruptLatencyResult(stops, returns, floors);
    }

    private (double Stop, double Return, double Floor) Once()
    {
        using CancellationTokenSource source = new();
        long* stamp = (long*)_stamp;
        Volatile.Write(ref *stamp, 0);
        Volatile.Write(ref _returned, 0);
        Volatile.Write(ref _next, source);
        while (Volatile.Read(ref *stamp) == 0)
        {
            Thread.SpinWait(1);
        }

        Thread.SpinWait(SpinsBetween);
        double floor = _handler.Strike(_thread);
        Thread.SpinWait(SpinsBetween);
        long began = _handler.Now();
        source.Cancel();
        while (Volatile.Read(ref _returned) == 0)
        {
            Thread.SpinWait(1);
        }

        return (_handler.Microseconds(Volatile.Read(ref *stamp) - began), _handler.Microseconds(_returned - began), floor);
    }

    private void RunGuests()
    {
        _thread = StampingHandler.Self;
        while (!Volatile.Read(ref _over))
        {
            CancellationTokenSource? source = Interlocked.Exchange(ref _next, null);
            if (source is not null)
            {
                _ = GuestCall.CatchTraps(
                    (delegate* unmanaged<void*, void>)_guest.Start, (void*)_stamp, cancellationToken: source.Token);
                Volatile.Write(ref _returned, _handler.Now());
            }
        }
    }
}
