namespace TrapRuntime.AotSmoke.Bench.Rows;

/// <summary>Hardware traps, from the faulting instruction to the <see cref="Trap"/> object.</summary>
internal static unsafe class TrapRows
{
    private const string Group = "hardware trap";
    private const int SmallStack = 64 * 1024;

    internal static void AddTo(BenchSuite suite, FloorRows floors, BenchGuests guests)
    {
        BenchRow plain = suite.Add(new BenchRow(Group, "SIGSEGV, back-trace off", count => Backtraces(0, () => Run(guests.NullRead, count)))
        {
            Floor = floors.Trap,
            Target = BenchTarget.Times(floors.Trap, 1.3),
        });
        _ = suite.Add(new BenchRow(Group, "SIGSEGV, 10 frames", count => Run(guests.NullReadIn10Frames, count))
        {
            Floor = floors.Trap,
            Target = BenchTarget.Times(floors.Trap, 0.85),
        });
        _ = suite.Add(new BenchRow(Group, "SIGSEGV, 20 frames", count => Run(guests.NullReadIn20Frames, count))
        {
            Floor = plain,
            Target = BenchTarget.Times(plain, 1.25),
        });
        _ = suite.Add(new BenchRow(Group, "SIGSEGV, 64 frames", count => Run(guests.NullReadIn64Frames, count)) { Floor = plain });
        PlayedSignal played = new(guests.NullRead);
        _ = suite.Add(new BenchRow(Group, "10 frames, the signal played by the guest", played.Run));
        _ = suite.Add(new BenchRow(Group, "SIGFPE", count => Run(guests.Divide, count)) { Floor = floors.Trap });
        _ = suite.Add(new BenchRow(Group, "SIGILL with a code", count => Run(guests.Unreachable, count)) { Floor = floors.Trap });
        _ = suite.Add(new BenchRow(Group, "stack overflow, 64 KiB", count => RunSized(guests.Recursion, SmallStack, count)) { Floor = floors.Trap });
        _ = suite.Add(new BenchRow(Group, "stack overflow, 1 MiB", count => RunSized(guests.Recursion, GuestStacks.DefaultSize, count)) { Floor = floors.Trap });
    }

    private static void Run(GuestCode guest, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, null);
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
