using System.Runtime.InteropServices;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>A guest calls raise(SIGSEGV). The signal comes while it runs, but no instruction of its has faulted.</summary>
internal sealed unsafe class GuestSignalCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "guest-signal";

    /// <inheritdoc/>
    public string Summary => "a guest raises SIGSEGV itself, policy GuestStack";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        nint raise = NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "raise");
        for (int i = 0; i < CrashTalk.Signals; i++)
        {
            Raise(raise, without);
        }
    }

    private static void Raise(nint raise, bool without)
    {
        if (without)
        {
            NativeCode.Call(raise, (void*)LinuxSignals.SIGSEGV);
            return;
        }

        using GuestCode guest = CallWithArgumentGuest.Emit();
        CallWithArgumentGuest.Call call = new() { Function = raise, Argument = LinuxSignals.SIGSEGV };
        VMConfig config = new() { CodePolicy = GuestCodePolicy.GuestStack };
        _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, &call, config);
    }
}
