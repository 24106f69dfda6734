using System.Runtime.InteropServices;
using TrapRuntime.Activations;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.Signals;

/// <summary>Has a handler take each of its ways once, over records that stand for no thread, so that CoreCLR compiles all it calls.</summary>
internal static unsafe class HandlerRehearsal
{
    /// <summary>Runs the handler: a fault on a guest stack that is accepted, one that is rejected, a signal elsewhere.</summary>
    internal static void Run(delegate* unmanaged<int, LinuxSignalInfo*, void*, ThreadBlock*, int> handler)
    {
        LinuxSignalInfo info = new() { si_code = LinuxSignalInfo.SI_KERNEL };
        LinuxX64Context context = default;
        Activation activation = new() { GuestStackTop = nuint.MaxValue };

        // Every program counter is at the door, so that an interrupt lands too.
        ProcessBlock process = new() { EnterWindowEnd = nuint.MaxValue };
        ThreadBlock* thread = (ThreadBlock*)NativeMemory.AllocZeroed((nuint)sizeof(ThreadBlock));
        thread->Innermost = &activation;
        thread->Process = &process;
        thread->Attention = 1;

        activation.CodePolicy = (int)GuestCodePolicy.GuestStack;
        _ = handler(LinuxSignals.SIGSEGV, &info, &context, thread);
        activation.CodePolicy = (int)GuestCodePolicy.RegisteredCode;
        _ = handler(LinuxSignals.SIGILL, &info, &context, thread);
        activation.GuestGuardStart = 1;
        _ = handler(LinuxSignals.SIGILL, &info, &context, thread);
        NativeMemory.Free(thread);
    }
}
