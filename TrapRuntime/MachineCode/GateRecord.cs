using System.Runtime.InteropServices;

namespace TrapRuntime.MachineCode;

/// <summary>The action a gate replaced, as the gate reads it to pass a signal on. Unmanaged, never freed.</summary>
/// <remarks>Wasmer: <c>PREV_SIGSEGV</c>, <c>PREV_SIGBUS</c>, <c>PREV_SIGILL</c>, <c>PREV_SIGFPE</c>, <c>PREV_SIGUSR1</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GateRecord
{
    /// <summary>The kernel's own <c>struct sigaction</c> is four words here: handler, flags, restorer, mask.</summary>
    internal const int KernelActionWords = 4;

    /// <summary>The earlier handler: an address, 0 for the default, 1 for ignore. Looked at before the flags.</summary>
    internal nint Handler;

    /// <summary>The earlier action's flags.</summary>
    internal nint Flags;

    /// <summary>The signals the kernel would have blocked for that handler, this one among them unless it said otherwise.</summary>
    internal ulong Mask;

    /// <summary>The default action in the kernel's form: all zero.</summary>
    internal fixed ulong DefaultAction[KernelActionWords];
}
