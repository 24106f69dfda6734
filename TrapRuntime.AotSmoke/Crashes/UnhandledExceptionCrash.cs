namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>An exception that nobody catches.</summary>
internal sealed class UnhandledExceptionCrash : ICrash
{
    private const string Message = "nobody will catch this";

    /// <inheritdoc/>
    public string Name => "unhandled-exception";

    /// <inheritdoc/>
    public string Summary => "a managed exception that nobody catches";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        CrashTalk.Announce($"{typeof(TimeoutException)}: {Message}");
        throw new TimeoutException(Message);
    }
}
