using System.Runtime.InteropServices;
using TrapRuntime.Activations;
using TrapRuntime.Interop;

namespace TrapRuntime.Platforms.Linux;

/// <summary>Signals by sigaction(2), sigaltstack(2) and the thread functions of the C library.</summary>
internal sealed unsafe class LinuxSignalSystem : PlatformSignals
{
    /// <summary>The auxiliary vector's entry for the size of the largest signal frame (getauxval(3)).</summary>
    private const nuint AT_MINSIGSTKSZ = 51;

    /// <summary>MINSIGSTKSZ of x86_64, for kernels before 5.14 that do not say.</summary>
    private const nuint MINSIGSTKSZ = 2048;

    /// <summary>The first block of key values ends within glibc's thread record, which is larger than this.</summary>
    private const int GlibcThreadRecordBytes = 0x600;

    /// <summary>The kernel's <c>struct sigaction</c>: handler, flags, restorer, mask.</summary>
    private const int KernelActionWords = 4;

    /// <summary>SA_RESTORER of the kernel's headers: the third word is meant.</summary>
    private const nint RestorerFlag = 0x0400_0000;

    private static readonly nint s_libc = NativeLibrary.Load("libc.so.6");

    /// <summary><c>int __cxa_thread_atexit_impl(void (*destructor)(void*), void* value, void* library)</c>, or null.</summary>
    private static readonly delegate* unmanaged<nint, void*, void*, int> s_atThreadEnd =
        NativeLibrary.TryGetExport(s_libc, "__cxa_thread_atexit_impl", out nint atThreadEnd)
            ? (delegate* unmanaged<nint, void*, void*, int>)atThreadEnd
            : null;

    /// <inheritdoc/>
    internal override ReadOnlySpan<int> Faults => LinuxSignals.Faults;

    /// <inheritdoc/>
    internal override GateLayout Layout { get; } = LinuxX64Layout.Create();

    /// <inheritdoc/>
    internal override SystemCallNumbers SystemCalls { get; } = LinuxX64SystemCalls.Numbers;

    /// <inheritdoc/>
    /// <remarks>The kernel tells "on the signal stack" by the stack pointer, and nothing was blocked.</remarks>
    internal override bool LeavesByJump => true;

    /// <inheritdoc/>
    internal override int InterruptCode => LinuxSignalInfo.SI_QUEUE;

    /// <inheritdoc/>
    internal override nuint MinimumSignalFrame { get; } = Math.Max(Libc.GetAuxVal(AT_MINSIGSTKSZ), MINSIGSTKSZ);

    /// <inheritdoc/>
    internal override nint GetThreadValueFunction { get; } = NativeLibrary.GetExport(s_libc, "pthread_getspecific");

    /// <inheritdoc/>
    internal override int ThreadPointerSearchBytes { get; } =
        NativeLibrary.TryGetExport(s_libc, "gnu_get_libc_version", out _) ? GlibcThreadRecordBytes : 0;

    /// <inheritdoc/>
    internal override nint CurrentThread => Libc.PThreadSelf();

    /// <inheritdoc/>
    internal override nint GateFlags => LinuxSignalAction.SA_SIGINFO | LinuxSignalAction.SA_ONSTACK | LinuxSignalAction.SA_NODEFER;

    /// <inheritdoc/>
    internal override int NumberOf(InterruptSignal signal) => signal switch
    {
        InterruptSignal.None => 0,
        InterruptSignal.User2 => LinuxSignals.SIGUSR2,
        _ => LinuxSignals.SIGUSR1,
    };

    /// <inheritdoc/>
    internal override SignalAction Query(int signal)
    {
        LinuxSignalAction current;
        Check(Libc.SigAction(signal, null, &current), "read the action of", signal);
        SignalAction action;
        action.Handler = current.sa_handler;
        action.Flags = current.sa_flags;
        for (int i = 0; i < SignalAction.MaskWords; i++)
        {
            action.Mask[i] = current.sa_mask[i];
        }

        return action;
    }

    /// <inheritdoc/>
    internal override void Install(int signal, nint gate, in SignalAction replaced, bool isSent)
    {
        // An ignored signal interrupts no system call; one that a gate drops should not either.
        nint restart = isSent || replaced.Handler == LinuxSignalAction.SIG_IGN ? LinuxSignalAction.SA_RESTART : replaced.Flags & LinuxSignalAction.SA_RESTART;
        nint own = isSent ? GateFlags & ~LinuxSignalAction.SA_NODEFER : GateFlags;

        // The kernel's own record, because the C library's function puts its own way back into every action. By this one a gate knows
        // that the kernel called it, and not a library on top of it for which something may be blocked.
        ulong* action = stackalloc ulong[KernelActionWords];
        action[0] = (ulong)gate;
        action[1] = (uint)(own | restart | RestorerFlag);
        action[2] = (ulong)(gate - RestorerDistance);
        action[3] = 0;
        nint result = Libc.SysCall(LinuxX64SystemCalls.__NR_rt_sigaction, signal, (nint)action, 0, sizeof(ulong));
        Check((int)result, "install a handler for", signal);
    }

    /// <inheritdoc/>
    internal override ulong BlockedBy(int signal, in SignalAction action)
    {
        bool isDeferred = (action.Flags & LinuxSignalAction.SA_NODEFER) == 0;
        return action.Mask[0] | (isDeferred ? 1UL << (signal - 1) : 0);
    }

    /// <inheritdoc/>
    internal override nuint EnsureSignalStack(ThreadBlock* thread, nuint minimum, Func<StackMapping> map)
    {
        LinuxSignalStack current;
        _ = Libc.SigAltStack(null, &current);
        bool isOurs = thread->SignalStack.IsPresent && current.ss_sp == thread->SignalStack.Limit;
        if ((current.ss_flags & LinuxSignalStack.SS_DISABLE) == 0 && (isOurs || current.ss_size >= minimum))
        {
            return current.ss_sp;
        }

        // Ours from before, if another library put its own in its place.
        StackMapping mapping = thread->SignalStack.IsPresent ? thread->SignalStack : map();
        LinuxSignalStack stack;
        stack.ss_sp = mapping.Limit;
        stack.ss_flags = 0;
        stack.ss_size = mapping.UsableSize;
        if (Libc.SigAltStack(&stack, null) != 0)
        {
            throw new InvalidOperationException(
                $"TrapRuntime could not set this thread's signal stack (error {Marshal.GetLastPInvokeError()}): is it running on one now?");
        }

        // What goes back when the thread ends: only whether it was there counts, not whether it was in use.
        current.ss_flags &= LinuxSignalStack.SS_DISABLE;
        *(LinuxSignalStack*)thread->PreviousSignalStack = current;
        thread->SignalStack = mapping;
        return mapping.Limit;
    }

    /// <inheritdoc/>
    internal override uint CreateThreadKey(nint destructor)
    {
        uint key;
        int error = Libc.PThreadKeyCreate(&key, destructor);
        return error == 0
            ? key
            : throw new InvalidOperationException($"TrapRuntime could not make a thread key (error {error}): the process has used up its keys.");
    }

    /// <inheritdoc/>
    /// <remarks>glibc's registry of C++ destructors, last in, first out. A library without it has none of the order either.</remarks>
    internal override void CallAtThreadEnd(nint destructor, void* value)
    {
        if (s_atThreadEnd != null)
        {
            // The library must stay until the destructor ran: thunks stay anyhow, so it may be any, but glibc 2.36 crashes on none.
            // A failure costs CoreCLR its stack, no more.
            _ = s_atThreadEnd(destructor, value, (void*)GetThreadValueFunction);
        }
    }

    /// <inheritdoc/>
    internal override void SetThreadValue(uint key, void* value)
    {
        int error = Libc.PThreadSetSpecific(key, value);
        if (error != 0)
        {
            throw new OutOfMemoryException($"TrapRuntime could not set this thread's value of its key (error {error}).");
        }
    }

    /// <inheritdoc/>
    internal override bool TrySendInterrupt(nint thread, int signal, nint cookie)
    {
        // Somebody may have put the default action back, or a host that owns the handlers may have left it: the kick would kill.
        LinuxSignalAction current;
        return Libc.SigAction(signal, null, &current) == 0
            && current.sa_handler is not (LinuxSignalAction.SIG_DFL or LinuxSignalAction.SIG_IGN)
            && Libc.PThreadSigQueue(thread, signal, cookie) == 0;
    }

    private static void Check(int result, string what, int signal)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"TrapRuntime could not {what} signal {signal}: error {Marshal.GetLastPInvokeError()}.");
        }
    }
}
