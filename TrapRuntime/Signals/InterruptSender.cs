using TrapRuntime.Activations;
using TrapRuntime.Platforms;

namespace TrapRuntime.Signals;

/// <summary>Sends the interrupt signal, marked as ours.</summary>
internal static unsafe class InterruptSender
{
    /// <summary>Kicks a thread. A full signal queue is no loss: the kicker tries again.</summary>
    internal static void Send(nint thread)
    {
        TrapPath path = TrapPath.Ensure();
        if (path.InterruptNumber != 0)
        {
            _ = PlatformSignals.Current.TrySendInterrupt(thread, path.InterruptNumber, (nint)ProcessState.Block);
        }
    }
}
