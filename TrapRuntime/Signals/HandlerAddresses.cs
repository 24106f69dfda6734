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

    // A method is compiled when it is first called, which must not be on a signal stack.
    private static nint Prepare(delegate* unmanaged<int, LinuxSignalInfo*, void*, ThreadBlock*, int> wrapper)
    {
        HandlerRehearsal.Run(wrapper);
        return (nint)wrapper;
    }
}
