using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>Native code called by P/Invoke writes to address 0.</summary>
internal sealed unsafe class NativeWriteCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "native-write";

    /// <inheritdoc/>
    public string Summary => "native code on the host stack writes to null";

    /// <inheritdoc/>
    public void Die(bool without) => NativeCode.Call(WriteGuest.Write, null);
}
