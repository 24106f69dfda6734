using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>Native code called by P/Invoke divides by zero.</summary>
internal sealed unsafe class NativeDivideCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "native-divide";

    /// <inheritdoc/>
    public string Summary => "native code on the host stack divides by zero";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        DivideGuest.Division division = new() { Dividend = 1 };
        NativeCode.Call(static e => DivideGuest.Write(e, wide: false, fromMemory: false), &division);
    }
}
