namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>Native code called by P/Invoke executes the very instruction that guests trap with.</summary>
internal sealed unsafe class NativePayloadCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "native-payload";

    /// <inheritdoc/>
    public string Summary => "native code on the host stack executes ud1 with a trap code";

    /// <inheritdoc/>
    public void Die(bool without) => NativeCode.Call(static e => e.UndefinedWithPayload(0), null);
}
