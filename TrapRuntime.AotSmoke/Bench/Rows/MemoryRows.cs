using TrapRuntime.Activations;
using TrapRuntime.AotSmoke.Trials;

namespace TrapRuntime.AotSmoke.Bench.Rows;

/// <summary>What this library keeps in memory for an idle thread: resident parts of its guest stack and its signal stack, and its block.</summary>
internal static unsafe class MemoryRows
{
    private const string Group = "memory";
    private const int Threads = 50;

    internal static void AddTo(BenchSuite suite, BenchGuests guests)
    {
        BenchRow returned = suite.Add(BenchRow.Sampled(Group, "an idle thread whose guest returned (bytes)", row => row.Add(PerThread(guests.Empty))));
        _ = suite.Add(BenchRow.Sampled(Group, "an idle thread whose guest trapped (bytes)", row => row.Add(PerThread(guests.NullRead)), returned));
    }

    private static double PerThread(GuestCode guest)
    {
        // Threads of the row before are gone for certain only after their holders were finalized.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GuestStacks.DrainPool();
        long before = Resident();
        using IdleThreads idle = new(Threads, _ => GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, null));
        return ((double)(Resident() - before) / Threads) + sizeof(ThreadBlock);
    }

    private static long Resident()
    {
        (_, long stackBytes, long signalStackBytes) = IdleThreads.Measure();
        return stackBytes + signalStackBytes;
    }
}
