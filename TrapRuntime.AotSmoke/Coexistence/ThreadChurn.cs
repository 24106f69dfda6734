using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.AotSmoke.Scenarios;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>Lets threads come, trap and go, and counts what they leave behind.</summary>
internal static unsafe class ThreadChurn
{
    private const int AtATime = 8;

    /// <summary>Threads before the count: the pools fill, the runtime sets itself up.</summary>
    private const int Rehearsal = 200;

    /// <summary>Finalizers take a thread's things back, those of its own finalizable objects after that.</summary>
    private const int Collections = 3;

    /// <summary>A leak shows once per thread; pools, heaps and the runtime's own threads move by less than this.</summary>
    private const int ThreadsPerMapping = 50;

    /// <summary>Runs the churn.</summary>
    /// <param name="threads">How many threads come and go.</param>
    /// <param name="enterGuests">False: the threads do nothing, to see what the runtime itself leaves behind.</param>
    /// <param name="report">The counts, for people.</param>
    /// <returns>What was left behind, or null.</returns>
    internal static string? Run(int threads, bool enterGuests, out string report)
    {
        using GuestCode reader = ReadGuest.Emit();
        int wrong = Churn(reader, Rehearsal, enterGuests);
        Settle();
        int before = MemoryUse.Mappings();
        long bytesBefore = MemoryUse.Mapped();
        wrong += Churn(reader, threads, enterGuests);
        Settle();
        int after = MemoryUse.Mappings();
        long bytesAfter = MemoryUse.Mapped();
        report = $"{threads} threads: {before} mappings before, {after} after; {bytesBefore >> 10} KiB mapped before, {bytesAfter >> 10} KiB after";
        return wrong != 0 ? $"{wrong} traps were not caught as they should be"
            : after - before > threads / ThreadsPerMapping ? $"{after - before} mappings were left behind"
            : null;
    }

    private static int Churn(GuestCode reader, int threads, bool enterGuests)
    {
        int wrong = 0;
        Thread[] running = new Thread[AtATime];
        for (int i = 0; i < threads; i += AtATime)
        {
            for (int j = 0; j < AtATime; j++)
            {
                running[j] = new Thread(() => Interlocked.Add(ref wrong, enterGuests && !Trap(reader) ? 1 : 0));
                running[j].Start();
            }

            foreach (Thread thread in running)
            {
                thread.Join();
            }
        }

        return wrong;
    }

    private static bool Trap(GuestCode reader)
    {
        Trap? trap = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)reader.Start, (void*)WildAddress.Unmapped).Trap;
        return trap?.FaultAddress == WildAddress.Unmapped;
    }

    private static void Settle()
    {
        for (int i = 0; i < Collections; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        GuestStacks.DrainPool();
    }
}
