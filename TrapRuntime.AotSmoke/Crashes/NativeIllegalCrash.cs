using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>Native code called by P/Invoke executes an undefined instruction.</summary>
internal sealed unsafe class NativeIllegalCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "native-illegal";

    /// <inheritdoc/>
    public string Summary => "native code on the host stack executes ud2";

    /// <inheritdoc/>
    public void Die(bool without) => NativeCode.Call(UndefinedGuest.Write, null);
}
