using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrapRuntime.Activations;
using TrapRuntime.Handlers;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.Signals;

/// <summary>The addresses that the judge calls: the handlers themselves under NativeAOT, prepared wrappers under CoreCLR.</summary>
internal static unsafe class HandlerAddresses
{
    /// <summary>Gets a value indicating whether managed code is compiled ahead, so that a method's address is its code.</summary>
    private static bool IsAheadOfTime => !RuntimeFeature.IsDynamicCodeSupported;

    /// <summary>Gets the handler of faults.</summary>
    internal static nint Fault { get; } = IsAheadOfTime
        ? (nint)(delegate*<int, LinuxSignalInfo*, void*, ThreadBlock*, int>)&LinuxX64Entry.OnFault
        : Prepare(&LinuxX64Entry.OnFaultUnmanaged);

    /// <summary>Gets the handler of the interrupt signal.</summary>
    internal static nint Interrupt { get; } = IsAheadOfTime
        ? (nint)(delegate*<int, LinuxSignalInfo*, void*, ThreadBlock*, int>)&LinuxX64Entry.OnInterrupt
        : Prepare(&LinuxX64Entry.OnInterruptUnmanaged);

    // The first call compiles: wrapper, handler and whatever was not inlined. On a signal stack that would be fatal: the compiler
    // needs more room than there is, and memory whose lock the interrupted guest may hold. So every path is walked once, over
    // records of nobody.
    private static nint Prepare(delegate* unmanaged<int, LinuxSignalInfo*, void*, ThreadBlock*, int> wrapper)
    {
        LinuxX64Context context = default;
        ProcessBlock process = default;
        process.EnterWindowEnd = 1;
        Activation activation = default;
        ThreadBlock* thread = (ThreadBlock*)NativeMemory.AllocZeroed((nuint)sizeof(ThreadBlock));
        thread->Process = &process;
        thread->Innermost = &activation;
        thread->Attention = 1;

        // Made by the kernel, at address and program counter 0, on a guest stack that ends there: a wild jump, which is accepted;
        // as a division it is rejected, since no code is registered.
        LinuxSignalInfo info = new() { si_code = 1 };
        foreach (int signal in LinuxSignals.Faults)
        {
            context.Rip = context.Rsp = 0;
            _ = wrapper(signal, &info, &context, thread);
        }

        NativeMemory.Free(thread);
        return (nint)wrapper;
    }
}
