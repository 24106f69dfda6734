using TrapRuntime.Activations;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.AotSmoke.Scenarios.Stacks;

namespace TrapRuntime.AotSmoke.Trials;

/// <summary>A guest that looks through its whole stack, above its frame and below it, for what an earlier guest left there.</summary>
internal sealed unsafe class Eavesdropper : IDisposable
{
    private const ulong SecretStep = 0x9E37_79B9_7F4A_7C15;

    private readonly StackProbe _speaker = new();
    private readonly GuestCode _listener = ScanGuest.Emit();
    private readonly VMConfig _config;
    private readonly nuint _secret;

    /// <summary>Prepares both.</summary>
    /// <param name="size">The size of the listener's stack.</param>
    internal Eavesdropper(int size)
    {
        _config = new VMConfig { StackSize = size };

        // Odd and large: no address, no count and no other eavesdropper's secret looks like it.
        _secret = (nuint)(SecretStep * (ulong)size) | 1;
    }

    /// <summary>Lets a guest write the secret all over its stack.</summary>
    /// <param name="words">How often; <see cref="FillGuest.Endless"/> ends it in an overflow.</param>
    /// <param name="size">The size of its stack, or null for the listener's.</param>
    internal void Leave(nint words, int? size = null)
    {
        FillGuest.Fill fill = new() { Words = words, Pattern = _secret };
        _ = _speaker.Call(ref fill, size ?? _config.StackSize);
    }

    /// <summary>Lets another guest look for it on the stack that this thread has at hand, from its lowest byte to its end.</summary>
    /// <returns>How often the secret was there.</returns>
    internal long Listen()
    {
        _ = _speaker.Touch(_config.StackSize);
        StackMapping stack = StackAccount.Slot;
        ScanGuest.Scan scan = new() { Position = stack.Limit, End = stack.Top, Pattern = _secret };
        Trap? trap = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)_listener.Start, &scan, _config).Trap;
        return trap is null && scan.Position == stack.Limit && scan.StackPointer - stack.Limit < stack.UsableSize
            ? scan.Found
            : throw new InvalidOperationException($"The listener did not run on the stack it looked through: {trap}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _speaker.Dispose();
        _listener.Dispose();
    }
}
