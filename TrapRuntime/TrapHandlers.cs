using TrapRuntime.Diagnostics;
using TrapRuntime.Platforms;
using TrapRuntime.Signals;

namespace TrapRuntime;

/// <summary>The process's and the thread's readiness for guests. Everything here is optional: the first guest call does it.</summary>
/// <remarks>All members are thread-safe. Handlers are never taken down: see ARCHITECTURE.md.</remarks>
public static class TrapHandlers
{
    /// <summary>Gets a value indicating whether guests can run on this platform. Asks, changes nothing.</summary>
    public static bool IsSupported => PlatformSupport.IsSupported;

    /// <summary>
    /// Gets the address of <c>int (int signal, siginfo_t* info, void* ucontext)</c>, for a host that owns the signal handlers and asks this
    /// library first: 1 means handled, return from the handler; 0 means not a guest's, go on as without us.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">Guests cannot run on this platform.</exception>
    public static nint NativeTryHandle => TrapPath.Ensure().Thunks.Judge;

    /// <summary>Sets the process up: thunks, and signal handlers that pass on every fault that is not a guest's.</summary>
    /// <param name="options">What to do otherwise than by default. The same options again change nothing.</param>
    /// <exception cref="ArgumentException">An option is out of range. Nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The process was set up with other options before.</exception>
    /// <exception cref="PlatformNotSupportedException">Guests cannot run on this platform.</exception>
    /// <remarks>Wasmer: <c>init_traps</c>.</remarks>
    public static void Initialize(TrapHandlerOptions? options = null) => _ = TrapPath.Initialize(options);

    /// <summary>Gives the calling thread what it needs to enter guests, a signal stack above all, so that its first call need not.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory for the thread's signal stack.</exception>
    /// <exception cref="PlatformNotSupportedException">Guests cannot run on this platform.</exception>
    /// <remarks>
    /// Wasmer: <c>lazy_per_thread_init</c>. Later calls look whether another library has replaced the signal stack, and put ours back.
    /// </remarks>
    public static void InitializeCurrentThread() => ThreadSetup.EnsureAgain();

    /// <summary>Puts this library's handlers back on top where another library's came over them; that one is passed on to from then on.</summary>
    /// <returns>True if there was any.</returns>
    /// <exception cref="PlatformNotSupportedException">Guests cannot run on this platform.</exception>
    /// <remarks>
    /// Also looks after the calling thread's signal stack, as <see cref="InitializeCurrentThread"/> does. A library that keeps coming back
    /// on top costs a few gates, a bounded number; after that the order stays as it is.
    /// </remarks>
    public static bool EnsureTopmost()
    {
        bool displaced = TrapPath.Ensure().EnsureTopmost();
        ThreadSetup.LookAgain();
        return displaced;
    }

    /// <summary>Counts traps and stacks. Costs guest calls nothing.</summary>
    public static TrapStatistics GetStatistics() => TrapCounters.Take();
}
