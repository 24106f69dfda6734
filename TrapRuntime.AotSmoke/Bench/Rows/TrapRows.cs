namespace TrapRuntime.AotSmoke.Bench.Rows;

/// <summary>Hardware traps, from the faulting instruction to the <see cref="Trap"/> object.</summary>
internal static unsafe class TrapRows
{
    private const string Group = "hardware trap";
    private const int SmallStack = 64 * 1024;

    internal static void AddTo(BenchSuite suite, FloorRows floors, BenchGuests guests)
    {
        BenchRow plain = suite.Add(new BenchRow(Group, "SIGSEGV, back-trace off", count => Backtraces(0, () => Run(guests.NullRead, 0, count)))
        {
            Floor = floors.Trap,
            Target = BenchTarget.Times(floors.Trap, 1.3),
        });
        _ = suite.Add(new BenchRow(Group, "SIGSEGV, 10 frames", count => Run(guests.DeepNullRead, 10, count))
        {
            Floor = floors.Trap,
            Target = BenchTarget.Times(floors.Trap, 0.85),
        });
        _ = suite.Add(new BenchRow(Group, "SIGSEGV, 20 frames", count => Run(guests.DeepNullRead, 20, count))
        {
            Floor = plain,
            Target = BenchTarget.Times(plain, 1.25),
        });
        _ = suite.Add(new BenchRow(Group, "SIGSEGV, 64 frames", count => Run(guests.DeepNullRead, 64, count)) { Floor = plain });
        _ = suite.Add(new BenchRow(Group, "SIGFPE", count => Run(guests.Divide, 0, count)) { Floor = floors.Trap });
        _ = suite.Add(new BenchRow(Group, "SIGILL with a code", count => Run(guests.Unreachable, 0, count)) { Floor = floors.Trap });
        _ = suite.Add(new BenchRow(Group, "stack overflow, 64 KiB", count => RunSized(guests.Recursion, SmallStack, count)) { Floor = floors.Trap });
        _ = suite.Add(new BenchRow(Group, "stack overflow, 1 MiB", count => RunSized(guests.Recursion, GuestStacks.DefaultSize, count)) { Floor = floors.Trap });
    }

    private static void Run(GuestCode guest, nint argument, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, (void*)argument);
        }
    }

    private static void RunSized(GuestCode guest, int stackSize, int count)
    {
        VMConfig config = new() { StackSize = stackSize };
        for (int i = 0; i < count; i++)
        {
            _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, null, config);
        }
    }

    private static void Backtraces(int frames, Action action)
    {
        int former = Signals.TrapPath.MaxBacktraceFrames;
        Signals.TrapPath.MaxBacktraceFrames = frames;
        action();
        Signals.TrapPath.MaxBacktraceFrames = former;
    }
}
