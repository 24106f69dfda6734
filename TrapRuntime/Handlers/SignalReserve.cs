// Runs inside a signal handler. Rules: ARCHITECTURE.md, "Inside". No lock, no new, no throw.
using System.Runtime.CompilerServices;
using TrapRuntime.Activations;

namespace TrapRuntime.Handlers;

/// <summary>
/// A signal handler without SA_ONSTACK, the runtime's own among them, lands on whatever stack the thread is on. Where it runs out of a
/// guest's stack, the fault is neither the guest's nor a mistake of the handler's: the upper part of the guard region opens for it.
/// </summary>
internal static unsafe class SignalReserve
{
    /// <summary>Whether a fault of code that is not the guest's is such a case, for the first time in this activation.</summary>
    /// <safety>As <c>SignalHandler.OnFault</c>; the stack pointer lies on the activation's guest stack.</safety>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsNeeded(in Fault fault, Activation* activation, ProcessBlock* process, nuint stackPointer)
    {
        nuint reserve = process->SignalReserve;
        nuint limit = activation->Stack.Limit;
        if (!fault.IsMemoryAccess
            || (activation->Status & (int)ActivationStatus.ReserveOpen) != 0
            || reserve >= limit - activation->Stack.Start)
        {
            return false;
        }

        // Without an address: the frame of a second signal did not fit. Nearness is all there is to go by.
        return fault.HasAddress ? limit - fault.Address - 1 < reserve : stackPointer < limit + reserve;
    }
}
