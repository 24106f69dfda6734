using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.AotSmoke.Scenarios.Stacks;

namespace TrapRuntime.AotSmoke.Trials;

/// <summary>Nothing is cleaned: an idle stack holds what its deepest call touched, and the next guest can read what the last one left.</summary>
internal sealed class KeepTrial : ITrial
{
    private const int Threads = 16;
    private const int StackSize = 1024 * 1024;

    /// <inheritdoc/>
    public string Name => "keep";

    /// <inheritdoc/>
    public string? Run()
    {
        TrapHandlers.Initialize(new TrapHandlerOptions { StackHygiene = StackHygiene.Keep });
        using StackProbe probe = new();
        using IdleThreads idle = new(Threads, _ => probe.Exhaust(StackSize));
        (int stacks, long bytes, long signalBytes) = IdleThreads.Measure();
        Console.WriteLine($"{stacks} idle stacks of 1 MiB after a deep recursion: {bytes} bytes resident, signal stacks {signalBytes}");
        if (stacks != Threads || bytes != (long)Threads * StackSize)
        {
            return "the stacks were not kept as they were";
        }

        using Eavesdropper eavesdropper = new(StackSize);
        eavesdropper.Leave(FillGuest.Endless);
        return eavesdropper.Listen() > 0 ? null : "nothing of the last guest was left to be read, so that no test of scrubbing means anything";
    }
}
