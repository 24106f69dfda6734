using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>A guest that never ends, until a token stops it.</summary>
internal sealed unsafe class EndlessLoop : IScenario
{
    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("endless loop, cancelled by token", "Interrupted HostInterrupt, at loop", Interrupt),
        new("token cancelled beforehand", "Interrupted HostInterrupt, started 0", CancelledBeforehand),
        new("GuestCall.Run, cancelled by token", "OperationCanceledException", InterruptRun),
    ];

    private static string Interrupt()
    {
        using GuestCode guest = LoopGuest.Emit();
        using CancellationTokenSource source = new();
        long started = 0;
        Thread canceller = CancelOnceStarted(source, (nint)(&started));
        string got = TrapText.Call(guest, &started, cancellationToken: source.Token);
        canceller.Join();
        return got;
    }

    private static string InterruptRun()
    {
        using GuestCode guest = LoopGuest.Emit();
        using CancellationTokenSource source = new();
        long started = 0;
        Thread canceller = CancelOnceStarted(source, (nint)(&started));
        try
        {
            GuestCall.Run((delegate* unmanaged<void*, void>)guest.Start, &started, cancellationToken: source.Token);
            return TrapText.Returned;
        }
        catch (OperationCanceledException cancelled)
        {
            return cancelled.CancellationToken == source.Token ? nameof(OperationCanceledException) : "another token";
        }
        finally
        {
            canceller.Join();
        }
    }

    private static string CancelledBeforehand()
    {
        using GuestCode guest = LoopGuest.Emit();
        using CancellationTokenSource source = new();
        source.Cancel();
        long started = 0;
        Trap? trap = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, &started, cancellationToken: source.Token).Trap;
        return $"{trap?.Kind} {trap?.Code}, started {started}";
    }

    private static Thread CancelOnceStarted(CancellationTokenSource source, nint started)
    {
        Thread thread = new(() =>
        {
            while (Volatile.Read(ref *(long*)started) == 0)
            {
                _ = Thread.Yield();
            }

            source.Cancel();
        });
        thread.Start();
        return thread;
    }
}
