// Runs inside a signal handler. Rules: ARCHITECTURE.md, "Inside". No lock, no new, no throw.
using System.Runtime.CompilerServices;
using TrapRuntime.Activations;
using TrapRuntime.Platforms;

namespace TrapRuntime.Handlers;

/// <summary>The C# handler: decides whether a fault is the guest's, copies its facts, redirects the thread to the exit label.</summary>
/// <remarks>Wasmer: <c>trap_handler</c>. Reached only through the gate, which has found the thread block and the activation.</remarks>
internal static unsafe class SignalHandler
{
    /// <summary>Judges a fault.</summary>
    /// <safety>
    /// Called by the gate on this thread: <paramref name="context"/> is the handler's third argument, the thread block is this
    /// thread's and has an innermost activation.
    /// </safety>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static HandlerVerdict OnFault<TContext>(in Fault fault, void* context, ThreadBlock* thread)
        where TContext : struct, IMachineContext
    {
        if (fault.Code <= 0)
        {
            return HandlerVerdict.PassOn;
        }

        return Judge<TContext>(fault, context, thread);
    }

    /// <summary>Judges an interrupt signal: lands it if the guest runs, else leaves it pending.</summary>
    /// <safety>As <c>OnFault</c>.</safety>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static HandlerVerdict OnInterrupt<TContext>(in Fault fault, void* context, ThreadBlock* thread)
        where TContext : struct, IMachineContext
    {
        Activation* activation = thread->Innermost;
        ProcessBlock* process = thread->Process;
        nuint counter = TContext.ProgramCounter(context);
        if (thread->Handling != 0 || thread->Attention == 0)
        {
            return HandlerVerdict.PassOn;
        }

        // A guest that has not begun may be turned away at the door. One that has begun may have stacks of its own or have ruined
        // its stack pointer, but a handler of guest code on the signal stack must return to the kernel. Unregistered code may hold
        // a lock, whatever the policy.
        bool atTheDoor = counter >= process->EnterWindowStart && counter < process->EnterWindowEnd
            && IsOnGuestStack(activation, TContext.StackPointer(context));
        if (!atTheDoor && (!CodeSearch.Contains(process->CodeTable, counter) || TContext.IsOnSignalStack(context)))
        {
            return HandlerVerdict.PassOn;
        }

        Land<TContext>(fault, context, thread, ActivationStatus.Interrupted);
        return HandlerVerdict.Resume;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static HandlerVerdict Judge<TContext>(in Fault fault, void* context, ThreadBlock* thread)
        where TContext : struct, IMachineContext
    {
        Activation* activation = thread->Innermost;
        ProcessBlock* process = thread->Process;
        nuint counter = TContext.ProgramCounter(context);
        bool onGuestStack = IsOnGuestStack(activation, TContext.StackPointer(context));

        bool accepted = IsInRememberedCode(thread, process, counter)
            || CodeSearch.Contains(process->CodeTable, counter)
            || (onGuestStack && (activation->CodePolicy == (int)GuestCodePolicy.GuestStack
                || (fault.IsMemoryAccess && fault.Address == counter)
                || IsThunkAtGuard(fault, activation, process, counter)));
        if (!accepted)
        {
            if (onGuestStack && SignalReserve.IsNeeded(fault, activation, process, TContext.StackPointer(context)))
            {
                thread->ReserveStart = activation->Stack.Limit - process->SignalReserve;
                return HandlerVerdict.OpenReserve;
            }

            if (onGuestStack)
            {
                RejectedLine.Write(thread, counter);
                return HandlerVerdict.Reject;
            }

            return HandlerVerdict.PassOn;
        }

        Land<TContext>(fault, context, thread, ActivationStatus.HardwareTrap);
        return HandlerVerdict.Resume;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Land<TContext>(in Fault fault, void* context, ThreadBlock* thread, ActivationStatus status)
        where TContext : struct, IMachineContext
    {
        Activation* activation = thread->Innermost;
        TrapCapture* capture = &thread->Capture;
        capture->Signal = fault.Signal;
        capture->SignalCode = fault.Code;
        capture->FaultAddress = fault.Address;
        TContext.Capture(context, capture);
        activation->Status = (int)status | (activation->Status & (int)ActivationStatus.ReserveOpen);
        TContext.Redirect(context, thread->Process->ExitLabel, activation);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsOnGuestStack(Activation* activation, nuint stackPointer) =>
        stackPointer >= activation->GuestGuardStart && stackPointer <= activation->GuestStackTop;

    // Most faults happen in the code that the thread's last guest function is in, which the entry check has looked up. The twin of
    // RememberedCode.Holds, as CodeSearch is of the registry.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsInRememberedCode(ThreadBlock* thread, ProcessBlock* process, nuint counter) =>
        counter - thread->LastCodeStart < thread->LastCodeLength && thread->LastCodeVersion == process->CodeVersion;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsThunkAtGuard(in Fault fault, Activation* activation, ProcessBlock* process, nuint counter) =>
        fault.IsMemoryAccess
        && counter >= process->ThunksStart && counter < process->ThunksEnd
        && fault.Address >= activation->GuestGuardStart && fault.Address < activation->GuestStackLimit;
}
