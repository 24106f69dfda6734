namespace TrapRuntime.AotSmoke.Calls;

/// <summary>All checks of calls between host and guest. The tests run them under CoreCLR, the <c>calls</c> command under NativeAOT.</summary>
internal static class CallCheckTable
{
    /// <summary>Gets the checks, in the order in which they run.</summary>
    internal static IReadOnlyList<CallCheck> All { get; } =
    [
        .. RefusalChecks.All,
        .. RoundTripChecks.All,
        .. ExceptionChecks.All,
        .. RaiseChecks.All,
        .. NestingChecks.All,
        .. OwnStackChecks.All,
        .. ReentryChecks.All,
        .. LifetimeChecks.All,
        .. ControlStateChecks.All,
    ];
}
