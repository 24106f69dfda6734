using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>A guest calls code that nobody announced, which writes to null on the guest stack. The policy says so before the end.</summary>
internal sealed unsafe class UnregisteredCodeCrash : ICrash
{
    // push rbp and mov rbp, rsp come before the store.
    private const int StoreOffset = 4;

    /// <inheritdoc/>
    public string Name => "unregistered-code";

    /// <inheritdoc/>
    public string Summary => "unannounced code on a guest stack writes to null";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        nint foreign = GuestAssembly.MapForeign(WriteGuest.Write);
        if (without)
        {
            NativeCode.Call(foreign, null);
            return;
        }

        CrashTalk.Announce(
            "TrapRuntime: a fault on a guest stack is not a trap: policy RegisteredCode, but no GuestCode holds the program counter "
            + $"0x{foreign + StoreOffset:x16}");
        using GuestCode guest = CallWithArgumentGuest.Emit();
        CallWithArgumentGuest.Call call = new() { Function = foreign };
        _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, &call);
    }
}
