// Runs inside a signal handler. Rules: ARCHITECTURE.md, "Inside". No lock, no new, no throw.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrapRuntime.Activations;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.Handlers;

/// <summary>What the gate calls on Linux, x86_64. The plain methods under NativeAOT, the unmanaged-callable ones under CoreCLR.</summary>
internal static unsafe class LinuxX64Entry
{
    /// <summary>The handler of faults: <c>int (int signal, siginfo_t*, ucontext_t*, ThreadBlock*)</c>, a <see cref="HandlerVerdict"/>.</summary>
    /// <safety>As <c>SignalHandler.OnFault</c>.</safety>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static int OnFault(int signal, LinuxSignalInfo* info, void* context, ThreadBlock* thread) =>
        (int)SignalHandler.OnFault<LinuxX64Context>(Read(signal, info), context, thread);

    /// <summary>The handler of the interrupt signal, same shape.</summary>
    /// <safety>As <c>SignalHandler.OnInterrupt</c>.</safety>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static int OnInterrupt(int signal, LinuxSignalInfo* info, void* context, ThreadBlock* thread) =>
        (int)SignalHandler.OnInterrupt<LinuxX64Context>(Read(signal, info), context, thread);

    /// <summary><see cref="OnFault"/> for CoreCLR.</summary>
    [UnmanagedCallersOnly]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int OnFaultUnmanaged(int signal, LinuxSignalInfo* info, void* context, ThreadBlock* thread) =>
        OnFault(signal, info, context, thread);

    /// <summary><see cref="OnInterrupt"/> for CoreCLR.</summary>
    [UnmanagedCallersOnly]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int OnInterruptUnmanaged(int signal, LinuxSignalInfo* info, void* context, ThreadBlock* thread) =>
        OnInterrupt(signal, info, context, thread);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Fault Read(int signal, LinuxSignalInfo* info) =>
        new(signal, info->si_code, info->si_addr, signal is LinuxSignals.SIGSEGV or LinuxSignals.SIGBUS, info->si_code != LinuxSignalInfo.SI_KERNEL);
}
