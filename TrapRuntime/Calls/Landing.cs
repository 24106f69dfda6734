using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TrapRuntime.Activations;
using TrapRuntime.Diagnostics;
using TrapRuntime.Signals;
using TrapRuntime.Stacks;
using TrapRuntime.Traps;

namespace TrapRuntime.Calls;

/// <summary>What happens after a guest was unwound: ordinary code on the host stack, while the guest's stack is still as it was left.</summary>
internal static unsafe class Landing
{
    /// <summary>Makes the trap of an activation that did not simply return, and releases its stack.</summary>
    /// <returns>
    /// The <see cref="Trap"/>; or null; or what a host function let out, which the caller throws: each frame that an exception passes costs
    /// as much as half a hardware trap.
    /// </returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static object? Finish(ThreadBlock* thread, Activation* activation)
    {
        if (activation->Reason == ActivationStatus.Returned)
        {
            CloseReserve(thread, activation);
            StackCache.Release(thread, activation->Stack, activation->GuestStackTop);
            return null;
        }

        HostRaise? raise = null;
        if (activation->Reason == ActivationStatus.HostRaise)
        {
            thread->Raised = 0;
            raise = activation->RaisedCode == (int)TrapCode.None ? TakeRaise() : null;
        }

        Trap? trap;
        try
        {
            trap = raise?.Carried is null ? Build(thread, activation, raise) : null;
        }
        finally
        {
            // Even when there is no memory for the trap: the guest is gone and its stack is free.
            CloseReserve(thread, activation);
            StackCache.ReleaseAfterTrap(thread, activation->Stack, activation->GuestStackTop);
            LookAtSignalStack(thread);
        }

        if (trap is null)
        {
            return raise!.Carried;
        }

        TrapCounters.Count(thread, trap);
        return trap;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CloseReserve(ThreadBlock* thread, Activation* activation)
    {
        if ((activation->Status & (int)ActivationStatus.ReserveOpen) != 0)
        {
            GuardedStack.CloseReserve(activation->Stack, thread->Process->SignalReserve);
        }
    }

    // Where a signal ended the guest, it also told which signal stack is in force.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LookAtSignalStack(ThreadBlock* thread)
    {
        if (thread->Capture.Signal != 0)
        {
            thread->Capture.Signal = 0;
            SignalStacks.GiveAgainIfReplaced(thread);
        }
    }

    /// <summary>Makes the trap of a guest that got no stack.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static TrapResult OutOfMemory(ThreadBlock* thread, nuint size)
    {
        Trap trap = Trap.OutOfMemory($"a guest stack of {size} bytes");
        TrapCounters.Count(thread, trap);
        return new TrapResult(trap);
    }

    /// <summary>Makes the trap of a guest whose token had fired before it could begin.</summary>
    internal static Trap InterruptedAtDoor(nuint entry) =>
        TrapBuilder.AtDoor(entry, TrapPath.Ensure().Options.MaxBacktraceFrames);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Trap Build(ThreadBlock* thread, Activation* activation, HostRaise? raise)
    {
        int maxFrames = TrapPath.MaxBacktraceFrames;
        return activation->Reason switch
        {
            ActivationStatus.HostRaise => TrapBuilder.FromHostFunction(activation, raise?.UserError, maxFrames),
            ActivationStatus.NativeRaise => TrapBuilder.FromNativeRaise(thread, activation, maxFrames),
            ActivationStatus.HardwareTrap => TrapBuilder.FromCapture(thread, activation, maxFrames),
            _ => TrapBuilder.FromInterrupt(thread, activation, maxFrames),
        };
    }

    private static HostRaise TakeRaise()
    {
        ThreadHolder holder = CurrentThread.HolderOrNull!;
        HostRaise raise = holder.Raise!;
        holder.Raise = null;
        return raise;
    }
}
