using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>Eight threads that trap at once, each at addresses of its own.</summary>
internal sealed unsafe class ManyThreads : IScenario
{
    private const int Threads = 8;
    private const int TrapsPerThread = 1000;

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases => [new("8 threads trap at once, 1,000 times each", "8000 traps, each with its own address", Run)];

    private static string Run()
    {
        using GuestCode guest = ReadGuest.Emit();
        using Barrier start = new(Threads);
        int right = 0;
        Thread[] threads = new Thread[Threads];
        for (int i = 0; i < Threads; i++)
        {
            nuint own = WildAddress.Unmapped + ((nuint)i << 32);
            threads[i] = new Thread(() =>
            {
                start.SignalAndWait();
                Interlocked.Add(ref right, Trap(guest, own));
            });
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return $"{right} traps, each with its own address";
    }

    private static int Trap(GuestCode guest, nuint first)
    {
        int right = 0;
        for (int i = 0; i < TrapsPerThread; i++)
        {
            nuint address = first + (nuint)(i * sizeof(long));
            Trap? trap = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, (void*)address).Trap;
            right += trap is { Kind: TrapKind.Hardware } && trap.FaultAddress == address ? 1 : 0;
        }

        return right;
    }
}
