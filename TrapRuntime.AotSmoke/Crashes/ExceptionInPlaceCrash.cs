namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>An exception leaves a host function that no guest called: nobody could catch it, so the process ends and says why.</summary>
internal sealed unsafe class ExceptionInPlaceCrash : ICrash
{
    private const string Message = "nobody catches this";

    /// <inheritdoc/>
    public string Name => "exception-in-place";

    /// <inheritdoc/>
    public string Summary => "an exception leaves a host function that native code called outside any guest";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        CrashTalk.Announce(Message);
        if (without)
        {
            Environment.FailFast(Message);
        }

        CrashTalk.Announce("A host function was called outside any guest");
        using HostFunction host = HostFunction.Create(
            GuestSignature.Create([]), static (ref HostCallContext _) => throw new InvalidTimeZoneException(Message));
        ((delegate* unmanaged<void>)host.Address)();
    }
}
