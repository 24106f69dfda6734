using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>A frame that jumps far into the guard, over its first pages, once and many times.</summary>
internal sealed unsafe class FrameIntoGuard : IScenario
{
    private const int StackSize = 1024 * 1024;
    private const int Overshoot = 32 * 1024;
    private const int Times = 10_000;

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("frame 32 KiB into the guard", "Hardware StackOverflow, at long_frame", Once),
        new("the same 10,000 times", "10000 stack overflows, 0 stacks mapped for them", ManyTimes),
    ];

    private static string Once()
    {
        using GuestCode guest = LongFrameGuest.Emit();
        Trap? trap = Run(guest);
        return trap is null ? TrapText.Returned : $"{trap.Kind} {trap.Code}, at {trap.Frames[0].FunctionName}";
    }

    private static string ManyTimes()
    {
        using GuestCode guest = LongFrameGuest.Emit();
        _ = Run(guest);
        long before = TrapHandlers.GetStatistics().StacksMapped;
        int overflows = 0;
        for (int i = 0; i < Times; i++)
        {
            overflows += Run(guest) is { Code: TrapCode.StackOverflow } ? 1 : 0;
        }

        return $"{overflows} stack overflows, {TrapHandlers.GetStatistics().StacksMapped - before} stacks mapped for them";
    }

    private static Trap? Run(GuestCode guest) => GuestCall.CatchTraps(
        (delegate* unmanaged<void*, void>)guest.Start, (void*)(StackSize + Overshoot), new VMConfig { StackSize = StackSize }).Trap;
}
