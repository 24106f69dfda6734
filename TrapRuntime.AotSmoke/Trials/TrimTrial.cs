using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.AotSmoke.Scenarios.Stacks;

namespace TrapRuntime.AotSmoke.Trials;

/// <summary>A thousand threads, each of which ran a deep recursion and now waits: their stacks hold next to nothing.</summary>
internal sealed class TrimTrial : ITrial
{
    private const int Threads = 1000;
    private const int StackSize = 1024 * 1024;
    private const long MostResident = 8 * 1024 * 1024;

    /// <summary>All of the stack but room for a frame.</summary>
    private const nint DeepWords = (StackSize / sizeof(ulong)) - 16;

    /// <inheritdoc/>
    public string Name => "trim";

    /// <inheritdoc/>
    public string? Run()
    {
        TrapHandlers.Initialize(new TrapHandlerOptions { StackHygiene = StackHygiene.Trim });
        using StackProbe probe = new();
        int wrong = 0;
        using IdleThreads idle = new(Threads, index =>
        {
            // One half ends in an overflow, the other comes back from nearly as deep.
            FillGuest.Fill fill = new() { Words = index % 2 == 0 ? FillGuest.Endless : DeepWords, Pattern = nuint.MaxValue };
            Trap? trap = probe.Call(ref fill, StackSize);
            wrong += trap is null == (index % 2 == 0) ? 1 : 0;

            // A shallow call afterwards touches the page that it needs again.
            wrong += probe.Touch(StackSize) == 0 ? 1 : 0;
        });
        (int stacks, long bytes, long signalBytes) = IdleThreads.Measure();
        Console.WriteLine($"{stacks} idle stacks of 1 MiB after a deep recursion: {bytes} bytes resident, signal stacks {signalBytes}");
        return wrong != 0 ? $"{wrong} calls did not end as they should"
            : stacks != Threads ? $"{stacks} stacks are cached"
            : bytes is > 0 and < MostResident ? null
            : $"{bytes} bytes are resident";
    }
}
