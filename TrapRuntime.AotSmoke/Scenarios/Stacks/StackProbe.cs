using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios.Stacks;

/// <summary>Guest calls that tell which stack they ran on and how much of it there was.</summary>
internal sealed unsafe class StackProbe : IDisposable
{
    private const nint FewWords = 16;

    private readonly GuestCode _guest = FillGuest.Emit();

    /// <summary>Gets the address of the guest, for those who call it themselves.</summary>
    internal delegate* unmanaged<void*, void> Entry => (delegate* unmanaged<void*, void>)_guest.Start;

    /// <summary>Makes a row that runs with a probe on a thread of its own.</summary>
    internal static ScenarioCase Case(string what, string expected, Func<StackProbe, string> run) => new(
        what,
        expected,
        () => StackAccount.OnFreshThread(() =>
        {
            using StackProbe probe = new();
            return run(probe);
        }));

    /// <summary>Makes a call that returns.</summary>
    /// <param name="size">The size of its stack, or null for the default.</param>
    /// <returns>Where the guest's stack pointer started; 0 when the call did not return.</returns>
    internal nuint Touch(int? size = null)
    {
        FillGuest.Fill fill = new() { Words = FewWords };
        return Call(ref fill, size) is null ? fill.Top : 0;
    }

    /// <summary>Makes a call that writes to its stack until there is none left.</summary>
    /// <returns>How many bytes there were; 0 when the call ended in anything but a stack overflow right below them.</returns>
    internal nuint Exhaust(int? size = null)
    {
        FillGuest.Fill fill = new() { Words = FillGuest.Endless };
        Trap? trap = Call(ref fill, size);
        return trap is { Kind: TrapKind.Hardware, Code: TrapCode.StackOverflow } && trap.FaultAddress == fill.Lowest - sizeof(ulong)
            ? fill.Depth
            : 0;
    }

    /// <summary>Makes a call.</summary>
    internal Trap? Call(ref FillGuest.Fill fill, int? size = null)
    {
        fixed (FillGuest.Fill* state = &fill)
        {
            return GuestCall.CatchTraps(Entry, state, size is int bytes ? new VMConfig { StackSize = bytes } : null).Trap;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _guest.Dispose();
}
