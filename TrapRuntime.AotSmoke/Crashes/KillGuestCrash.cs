using TrapRuntime.AotSmoke.Commands;
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
        new Thread(Survive) { IsBackground = true }.Start((nint)(&started));
        if (without)
        {
            NativeCode.Call(LoopGuest.Write, &started);
        }
        else
        {
            using GuestCode guest = LoopGuest.Emit();
            _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, &started);
        }
    }

    // The loop never ends: if the signals do not end the process, this does.
    private static void Survive(object? started)
    {
        while (Volatile.Read(ref *(long*)(nint)started!) == 0)
        {
            _ = Thread.Yield();
        }

        CrashTalk.AskForSignals();
        Environment.Exit(ExitCode.Survived);
    }
}
