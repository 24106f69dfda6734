using TrapRuntime.Activations;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.Platforms;

/// <summary>Signals, signal stacks and threads as the system has them. One subclass per system; all members run outside signals.</summary>
internal abstract unsafe class PlatformSignals
{
    /// <summary>Gets the signals of the running system.</summary>
    internal static PlatformSignals Current { get; } = Create();

    /// <summary>Gets the signals that a faulting instruction can raise.</summary>
    internal abstract ReadOnlySpan<int> Faults { get; }

    /// <summary>Gets where the gate finds things in the system's records.</summary>
    internal abstract GateLayout Layout { get; }

    /// <summary>Gets the system calls that thunks make.</summary>
    internal abstract SystemCallNumbers SystemCalls { get; }

    /// <summary>Gets the <c>si_code</c> that this library's interrupt signals carry.</summary>
    internal abstract int InterruptCode { get; }

    /// <summary>Gets the bytes the kernel needs for one signal frame on this processor.</summary>
    internal abstract nuint MinimumSignalFrame { get; }

    /// <summary>Translates the option; 0 for none.</summary>
    internal abstract int NumberOf(InterruptSignal signal);

    /// <summary>Reads the action of a signal.</summary>
    internal abstract SignalAction Query(int signal);

    /// <summary>Gets a value indicating whether a handler may be left by a jump, with nothing but its stack pointer to put right.</summary>
    internal abstract bool LeavesByJump { get; }

    /// <summary>A gate's own way back into the kernel stands so many bytes ahead of the gate, where the system lets a handler have one.</summary>
    internal const int RestorerDistance = 64;

    /// <summary>Gets the flags that a gate itself is called by, for a gate that passes on to another.</summary>
    internal abstract nint GateFlags { get; }

    /// <summary>Installs a gate on top of an action, always on the signal stack. The gate blocks what the earlier handler wants.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="replaced">The action it goes on top of.</param>
    /// <param name="isSent">
    /// Whether the signal is one that threads send. Then it stays blocked in its own gate and interrupts no system call: senders faster than the
    /// gate would pile up its frames until the signal stack is gone. Otherwise nothing is blocked, so that a gate may be left by a jump.
    /// </param>
    /// <exception cref="InvalidOperationException">The system refused.</exception>
    internal abstract void Install(int signal, nint gate, in SignalAction replaced, bool isSent);

    /// <summary>Computes what the kernel would have blocked while the action's handler ran.</summary>
    internal abstract ulong BlockedBy(int signal, in SignalAction action);

    /// <summary>
    /// Sees to it that the calling thread has a large enough signal stack: its own, or the block's, which is mapped when there is none
    /// yet. What was there before is kept in the block.
    /// </summary>
    /// <returns>The lowest byte of the stack in force.</returns>
    internal abstract nuint EnsureSignalStack(ThreadBlock* thread, nuint minimum, Func<StackMapping> map);

    /// <summary>Makes a key for thread-specific values whose destructor is machine code.</summary>
    internal abstract uint CreateThreadKey(nint destructor);

    /// <summary>
    /// Has machine code called when the calling thread ends, before the destructors of thread keys; nothing where the system cannot.
    /// CoreCLR frees its own signal stack in such a destructor, and only if it finds it in place (it would lose 16 KiB per thread).
    /// </summary>
    internal abstract void CallAtThreadEnd(nint destructor, void* value);

    /// <summary>Sets the calling thread's value of a key.</summary>
    internal abstract void SetThreadValue(uint key, void* value);

    /// <summary>Gets the address of the function that reads a key.</summary>
    internal abstract nint GetThreadValueFunction { get; }

    /// <summary>Gets how many bytes from the thread pointer on may be searched for a key's value; 0 where that is unsafe.</summary>
    internal abstract int ThreadPointerSearchBytes { get; }

    /// <summary>Gets the calling thread's name for <see cref="TrySendInterrupt"/>.</summary>
    internal abstract nint CurrentThread { get; }

    /// <summary>Kicks a living thread with this library's signal.</summary>
    /// <returns>False when nobody handles the signal, which was not sent then, or when the system's queue is full.</returns>
    internal abstract bool TrySendInterrupt(nint thread, int signal, nint cookie);

    private static PlatformSignals Create() =>
        OperatingSystem.IsLinux() ? new LinuxSignalSystem()
        : throw new PlatformNotSupportedException(PlatformSupport.Reason);
}
