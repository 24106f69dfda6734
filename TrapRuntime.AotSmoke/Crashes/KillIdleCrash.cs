using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>Somebody outside sends SIGSEGV while the process waits.</summary>
internal sealed unsafe class KillIdleCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "kill-idle";

    /// <inheritdoc/>
    public string Summary => "SIGSEGV from outside while the process waits";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        long started = 0;
        OutsideSignal.AskOnceStarted(&started);
        NativeCode.Call(PauseGuest.Write, &started);
    }
}
