namespace TrapRuntime.AotSmoke.Bench.Rows;

/// <summary>How costs grow with depth, threads and registered code.</summary>
internal static unsafe class ScaleRows
{
    private const string Group = "scale";
    private const string BareTraps = "bare handler traps, left by a jump";

    /// <summary>Traps per counted operation of the rows with threads: some tens of milliseconds.</summary>
    private const int TrapBatch = 20_000;

    internal static void AddTo(BenchSuite suite, FloorRows floors, BenchGuests guests)
    {
        // Linear in depth: no layer costs more where there are more of them.
        BenchRow? shallower = null;
        foreach (int depth in (ReadOnlySpan<int>)[1, 8, 32, 128])
        {
            int layers = depth;
            NestedTrap nested = new(guests, layers);
            shallower = suite.Add(new BenchRow(Group, $"trap under {layers} host/guest layers, per layer", nested.Run)
            {
                Floor = shallower ?? floors.Trap,
                Divisor = layers,
                Target = shallower is null ? null : BenchTarget.Times(shallower, 1.25),
            });
        }

        // What the kernel itself makes of two threads that fault: it delivers the signals of one process under one lock, and counts those of
        // one user in one word.
        BareHandler bare = new(leavesByJump: true);
        BenchRow bareOne = OnThreads.Add(suite, Group, BareTraps, 1, TrapBatch, count => bare.Run(() => bare.Fault(count)), floors.Trap);
        _ = suite.Add(OnTwoThreads(bare, bareOne));
        BenchRow one = OnThreads.Add(suite, Group, "traps", 1, TrapBatch, count => Trap(guests, count), floors.Trap);
        _ = OnThreads.Add(suite, Group, "traps", 2, TrapBatch, count => Trap(guests, count), one, BenchTarget.Faster(one, 1.8));
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

    // The handler is put in place once for both.
    private static BenchRow OnTwoThreads(BareHandler bare, BenchRow one) =>
        new(Group, $"{BareTraps}, 2 threads, per operation of all", count => bare.Run(() => OnThreads.Run(2, bare.Fault, count * TrapBatch)))
        {
            Floor = one,
            Divisor = 2.0 * TrapBatch,
        };

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
