using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>
/// Native code in a host function raises as if it were the guest's. To end the guest would skip the host function's managed frames, so
/// it ends like an undefined instruction.
/// </summary>
internal sealed unsafe class NativeRaiseInHostCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "native-raise-in-host";

    /// <inheritdoc/>
    public string Summary => "the native raise from a host function, past its managed frames";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        if (without)
        {
            NativeCode.Call(UndefinedGuest.Write, null);
        }
        else
        {
            _ = HostCaller.Call(Raise, 0, out _);
        }
    }

    private static GuestValue Raise(ref HostCallContext call)
    {
        NativeCode.Call(HostCall.NativeRaiseTrap, (void*)(nint)TrapCode.BadSignature);
        return call.Arguments[0];
    }
}
