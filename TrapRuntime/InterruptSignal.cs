namespace TrapRuntime;

/// <summary>The signal that kicks a guest so that it notices an interrupt. Never the one the .NET runtime uses itself.</summary>
/// <remarks>
/// It is sent to the guest's thread, marked, and only while that thread is outside host functions; a handler that was there before sees the
/// signals of others and none of these. A thread that blocks the signal is stopped as with <see cref="None"/>, and so is everyone where
/// nobody handles it.
/// </remarks>
public enum InterruptSignal
{
    /// <summary>SIGUSR1 on Linux, SIGUSR2 on macOS (where .NET owns SIGUSR1). Windows needs no signal.</summary>
    Default = 0,

    /// <summary>None: tokens are looked at only when a guest starts and when a host function returns to it. A loop that calls no host function goes on.</summary>
    None = 1,

    /// <summary>SIGUSR1.</summary>
    User1 = 2,

    /// <summary>SIGUSR2.</summary>
    User2 = 3,
}
