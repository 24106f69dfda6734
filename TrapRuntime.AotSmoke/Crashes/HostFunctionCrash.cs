using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>What native code does on the host stack, in a host function that a guest called, is the host's fault and not the guest's.</summary>
/// <param name="name">The scenario's name.</param>
/// <param name="what">What the native code does.</param>
/// <param name="act">It.</param>
/// <param name="same">The same end without the library.</param>
internal sealed unsafe class HostFunctionCrash(string name, string what, Action act, Action<X64Emitter> same) : ICrash
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Summary => $"native code in a host function called by a guest {what}";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        if (without)
        {
            NativeCode.Call(same, null);
        }
        else
        {
            _ = HostCaller.Call(Act, 0, out _);
        }
    }

    private GuestValue Act(ref HostCallContext call)
    {
        act();
        return call.Arguments[0];
    }
}
