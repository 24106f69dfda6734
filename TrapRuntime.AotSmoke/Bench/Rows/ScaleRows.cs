namespace TrapRuntime.AotSmoke.Bench.Rows;

/// <summary>How costs grow with depth, threads and registered code.</summary>
internal static unsafe class ScaleRows
{
    private const string Group = "scale";

    internal static void AddTo(BenchSuite suite, FloorRows floors, BenchGuests guests)
    {
        foreach (int depth in (ReadOnlySpan<int>)[1, 8, 32, 128])
        {
            int layers = depth;
            NestedTrap nested = new(guests, layers);
            _ = suite.Add(new BenchRow(Group, $"trap under {layers} host/guest layers, per layer", nested.Run)
            {
                Floor = floors.Trap,
                Divisor = layers,
            });
        }

        BenchRow one = suite.Add(new BenchRow(Group, "traps, 1 thread", count => OnThreads(guests, 1, count)) { Floor = floors.Trap });
        _ = suite.Add(new BenchRow(Group, "traps, 2 threads, per trap of both", count => OnThreads(guests, 2, count))
        {
            Floor = one,
            Divisor = 2,
            Target = BenchTarget.Times(one, 1 / 1.8),
        });
        _ = suite.Add(new BenchRow(Group, "first call on a new thread, with the thread", count => NewThreads(guests, count)));
        BenchRow few = suite.Add(new BenchRow(Group, "trap, few ranges", count => Trap(guests, count)) { Floor = floors.Trap });
        _ = suite.Add(new BenchRow(Group, "register and release a range", Register));
        _ = suite.Add(new BenchRow(Group, "trap, 10,000 more ranges", count => ManyRanges.With(() => Trap(guests, count)))
        {
            Floor = few,
            Target = BenchTarget.Times(few, 1.05),
        });
    }

    private static void Trap(BenchGuests guests, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guests.NullRead.Start, null);
        }
    }

    private static void OnThreads(BenchGuests guests, int threads, int count)
    {
        Thread[] running = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            running[i] = new Thread(() => Trap(guests, count));
            running[i].Start();
        }

        foreach (Thread thread in running)
        {
            thread.Join();
        }
    }

    private static void NewThreads(BenchGuests guests, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Thread thread = new(() => GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guests.Empty.Start, null));
            thread.Start();
            thread.Join();
        }
    }

    private static void Register(int count)
    {
        for (int i = 0; i < count; i++)
        {
            GuestCode.Register(ManyRanges.Spare, 1).Dispose();
        }
    }
}
