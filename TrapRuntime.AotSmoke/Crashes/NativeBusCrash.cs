using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>Native code called by P/Invoke reads beyond the end of a mapped file.</summary>
internal sealed unsafe class NativeBusCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "native-bus";

    /// <inheritdoc/>
    public string Summary => "native code on the host stack reads beyond a truncated mapped file";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        using TruncatedPage page = new();
        NativeCode.Call(ReadGuest.Write, (void*)page.Address);
    }
}
