using TrapRuntime.Activations;
using TrapRuntime.Platforms;

namespace TrapRuntime.Signals;

/// <summary>Makes a thread look at its attention count. The one place that knows how: by a signal that is marked as ours.</summary>
/// <remarks>A system without signals suspends the thread here, asks the handler where it is, and sets its context.</remarks>
internal static unsafe class InterruptSender
{
    /// <summary>Gets a value indicating whether threads can be made to look; else they look at the door and after host functions only.</summary>
    internal static bool CanSend => TrapPath.Ensure().InterruptNumber != 0;

    /// <summary>Kicks a thread. A full signal queue is no loss: the kicker tries again.</summary>
    /// <safety>The thread is alive.</safety>
    internal static void Send(nint thread)
    {
        TrapPath path = TrapPath.Ensure();
        _ = PlatformSignals.Current.TrySendInterrupt(thread, path.InterruptNumber, (nint)ProcessState.Block);
    }
}
