using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>Collections go on while a guest runs that never calls the host: its thread is the collector's business no more than any native code.</summary>
internal static unsafe class CollectionBesideGuest
{
    private const int Collections = 10;

    internal static string? Run()
    {
        using GuestCode loop = LoopGuest.Emit();
        using CancellationTokenSource stop = new();
        long started = 0;
        long* begun = &started;
        TrapResult result = default;
        Thread guest = new(() => result = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)loop.Start, begun, cancellationToken: stop.Token));
        guest.Start();
        while (Volatile.Read(ref *begun) == 0)
        {
            Thread.Yield();
        }

        // A guest in managed mode would be waited for, which whoever started this process finds out.
        for (int i = 0; i < Collections; i++)
        {
            GC.Collect();
        }

        bool isRunning = guest.IsAlive;
        stop.Cancel();
        guest.Join();
        return isRunning && result.Trap?.Kind == TrapKind.Interrupted ? null : $"the guest ended in {result.Trap?.ToString() ?? "a return"}";
    }
}
