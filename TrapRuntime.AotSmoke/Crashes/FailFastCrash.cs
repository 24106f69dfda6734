namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>Managed code gives up.</summary>
internal sealed class FailFastCrash : ICrash
{
    private const string Message = "the reactor is on fire";

    /// <inheritdoc/>
    public string Name => "fail-fast";

    /// <inheritdoc/>
    public string Summary => "Environment.FailFast";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        CrashTalk.Announce(Message);
        Environment.FailFast(Message);
    }
}
