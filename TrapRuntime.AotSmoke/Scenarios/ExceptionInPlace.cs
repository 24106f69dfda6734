namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>An exception leaves a host function that no guest called: nobody could catch it, so the process ends.</summary>
internal static unsafe class ExceptionInPlace
{
    internal const string Message = "nobody catches this";

    /// <summary>Never returns, unless something is wrong.</summary>
    /// <returns>What is wrong.</returns>
    internal static string? Run()
    {
        using HostFunction host = HostFunction.Create(
            GuestSignature.Create([]), static (ref HostCallContext _) => throw new InvalidTimeZoneException(Message));
        ((delegate* unmanaged<void>)host.Address)();
        return "the process went on";
    }
}
