using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>Recursion until the stack is gone, twice on the same stack.</summary>
internal sealed unsafe class StackOverflow : IScenario
{
    private const int OneMebibyte = 1024 * 1024;

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        Exhaust("8 KiB", GuestStacks.MinSize),
        Exhaust("1 MiB", OneMebibyte),
        Exhaust("100 MiB", GuestStacks.MaxSize),
    ];

    private static ScenarioCase Exhaust(string what, int size) => new(
        $"recursion on {what}, twice",
        "Hardware StackOverflow after the whole stack, twice at the same address",
        () =>
        {
            using GuestCode guest = RecurseGuest.Emit();
            VMConfig config = new() { StackSize = size };
            Trap? first = Run(guest, config);
            Trap? second = Run(guest, config);
            return Describe(first, size)
                ?? Describe(second, size)
                ?? (first!.FaultAddress == second!.FaultAddress
                    ? "Hardware StackOverflow after the whole stack, twice at the same address"
                    : $"two stacks: 0x{first.FaultAddress:x}, 0x{second.FaultAddress:x}");
        });

    private static Trap? Run(GuestCode guest, VMConfig config) =>
        GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, null, config).Trap;

    // Null when it is a stack overflow, of a stack of that size, with a back-trace of nothing but the guest.
    private static string? Describe(Trap? trap, int size)
    {
        if (trap is null)
        {
            return TrapText.Returned;
        }

        bool whole = trap.Message.Contains($"stack of {size} bytes", StringComparison.Ordinal);
        bool traced = trap.Frames.Count > 1 && trap.Frames.All(frame => frame.FunctionName == RecurseGuest.Name);
        return trap is { Kind: TrapKind.Hardware, Code: TrapCode.StackOverflow } && whole && traced ? null : trap.ToString();
    }
}
