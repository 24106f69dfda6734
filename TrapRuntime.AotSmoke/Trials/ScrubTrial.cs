using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.AotSmoke.Scenarios.Stacks;

namespace TrapRuntime.AotSmoke.Trials;

/// <summary>What one guest leaves on its stack no later guest can read, on this thread or on another.</summary>
internal sealed class ScrubTrial : ITrial
{
    private const int StackSize = 1024 * 1024;
    private const int SmallerSize = 64 * 1024;
    private const nint FewWords = 16;
    private const nint ManyWords = 50_000;

    /// <inheritdoc/>
    public string Name => "scrub";

    /// <inheritdoc/>
    public string? Run()
    {
        TrapHandlers.Initialize(new TrapHandlerOptions { StackHygiene = StackHygiene.Scrub });
        using Eavesdropper eavesdropper = new(StackSize);
        using Eavesdropper onSmaller = new(SmallerSize);
        return Check("after an overflow", () => LeaveAndListen(eavesdropper, FillGuest.Endless, StackSize))
            ?? Check("after a deep call that returned", () => LeaveAndListen(eavesdropper, ManyWords, StackSize))
            ?? Check("after a shallow call that returned", () => LeaveAndListen(eavesdropper, FewWords, StackSize))
            ?? Check("after a smaller guest on the same stack", () => LeaveAndListen(eavesdropper, FillGuest.Endless, SmallerSize))
            ?? Check("above a smaller guest's end", () => LeaveAndListen(onSmaller, FillGuest.Endless, StackSize))
            ?? Check("after a nested guest, whose stack went to the pool and to another thread", () => ThroughPool(eavesdropper));
    }

    private static string? Check(string when, Func<long> listen)
    {
        long found = listen();
        Console.WriteLine($"{when}: {found} words readable");
        return found == 0 ? null : $"{when}, the next guest could read {found} words";
    }

    private static long LeaveAndListen(Eavesdropper eavesdropper, nint words, int size)
    {
        eavesdropper.Leave(words, size);
        return eavesdropper.Listen();
    }

    private static long ThroughPool(Eavesdropper eavesdropper)
    {
        using Descent descent = new(new VMConfig { StackSize = StackSize }, atBottom: () => eavesdropper.Leave(FillGuest.Endless));
        _ = descent.Go(1);
        long found = 0;
        Crowd.Run(1, _ => found = eavesdropper.Listen());
        return found;
    }
}
