using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>Somebody outside sends SIGSEGV while a guest runs: no fault of the guest's, so no trap.</summary>
internal sealed unsafe class KillGuestCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "kill-guest";

    /// <inheritdoc/>
    public string Summary => "SIGSEGV from outside while a guest loops";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        long started = 0;
        OutsideSignal.AskOnceStarted(&started);
        if (without)
        {
            NativeCode.Call(LoopGuest.Write, &started);
            return;
        }

        using GuestCode guest = LoopGuest.Emit();
        _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, &started);
    }
}
