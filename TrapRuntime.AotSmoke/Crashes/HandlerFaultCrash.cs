using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>A custom handler that itself faults, inside the gate.</summary>
/// <param name="name">The scenario's name.</param>
/// <param name="what">What the handler does wrong.</param>
/// <param name="fault">Its code. It ignores its argument, or reads address 0 of it.</param>
internal sealed unsafe class HandlerFaultCrash(string name, string what, Action<X64Emitter> fault) : ICrash
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Summary => $"a custom trap handler {what}";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        nint handler = GuestAssembly.MapForeign(fault);
        if (without)
        {
            NativeCode.Call(handler, null);
            return;
        }

        using GuestCode guest = ReadGuest.Emit();
        _ = GuestCall.CatchTraps(
            (delegate* unmanaged<void*, void>)guest.Start, null, null, new TrapHandlerFn((delegate* unmanaged<TrapSignal*, int>)handler));
    }
}
