namespace TrapRuntime.Platforms.Linux;

/// <summary>Linux signal numbers, the same on x86_64 and aarch64.</summary>
internal static class LinuxSignals
{
    internal const int SIGILL = 4;
    internal const int SIGBUS = 7;
    internal const int SIGFPE = 8;
    internal const int SIGUSR1 = 10;
    internal const int SIGSEGV = 11;
    internal const int SIGUSR2 = 12;

    /// <summary>Gets the signals that a faulting instruction can raise.</summary>
    internal static ReadOnlySpan<int> Faults => [SIGSEGV, SIGBUS, SIGILL, SIGFPE];
}
