using System.Diagnostics.CodeAnalysis;

namespace TrapRuntime;

/// <summary>
/// A host's own fault handler for one guest call. It sees every fault of that guest before it becomes a trap, and may mend the
/// cause (map a page, edit the registers) and let the guest go on.
/// </summary>
/// <remarks>
/// The handler runs inside the signal handler, on the signal stack, in the interrupted thread. It must be native code or a method
/// that never enters the .NET runtime, and may use async-signal-safe functions only. Wasmer: <c>TrapHandlerFn</c>.
/// <code>
/// // Native code; mmap and mprotect are safe to call here.
/// int populate(TrapSignal* fault)
/// {
///     siginfo_t* info = fault->Info;
///     uintptr_t page = (uintptr_t)info->si_addr &amp; ~4095;
///     if (page &lt; lazy_start || page >= lazy_end) return 0;                     // not ours: becomes a trap
///     return mprotect((void*)page, 4096, PROT_READ | PROT_WRITE) == 0;        // 1: the access runs again
/// }
/// </code>
/// </remarks>
[SuppressMessage("Performance", "CA1815", Justification = "A handler is handed over, never compared.")]
public readonly unsafe struct TrapHandlerFn
{
    /// <summary>Wraps the address of a handler.</summary>
    /// <param name="handler">Returns 1 if it handled the fault (the guest resumes), 0 to let it become a trap. Null: no handler.</param>
    public TrapHandlerFn(delegate* unmanaged<TrapSignal*, int> handler) => Address = (nint)handler;

    /// <summary>Gets the handler's address, or 0 when there is none.</summary>
    internal nint Address { get; }
}
