using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>The native raise where there is no guest to end: nobody could take the trap, so it ends like an undefined instruction.</summary>
internal sealed unsafe class NativeRaiseCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "native-raise";

    /// <inheritdoc/>
    public string Summary => "the native raise with no guest active";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        if (without)
        {
            NativeCode.Call(UndefinedGuest.Write, null);
        }
        else
        {
            NativeCode.Call(HostCall.NativeRaiseTrap, (void*)(nint)TrapCode.BadSignature);
        }
    }
}
