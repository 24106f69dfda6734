using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>A guest calls a host function, whose native part writes to null on the host stack: the host's fault, not the guest's.</summary>
internal sealed unsafe class HostFunctionCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "host-function";

    /// <inheritdoc/>
    public string Summary => "native code in a host function called by a guest writes to null";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        if (without)
        {
            NativeCode.Call(WriteGuest.Write, null);
        }
        else
        {
            _ = HostCaller.Call(WriteNull, 0, out _);
        }
    }

    private static GuestValue WriteNull(ref HostCallContext call)
    {
        NativeCode.Call(WriteGuest.Write, null);
        return call.Arguments[0];
    }
}
