namespace TrapRuntime.MachineCode;

/// <summary>The addresses of this process's thunks. Made once, never freed.</summary>
internal sealed record ThunkSet
{
    /// <summary>Gets the enter thunk: <c>int (Activation*)</c>, an <c>ActivationStatus</c>.</summary>
    internal required nint Enter { get; init; }

    /// <summary>Gets the first instruction of the enter thunk that runs on the guest stack.</summary>
    internal required nint EnterWindow { get; init; }

    /// <summary>Gets the address where every activation ends.</summary>
    internal required nint ExitLabel { get; init; }

    /// <summary>Gets the place behind the exit label where a jump out of a guest ends.</summary>
    internal required nint Unwound { get; init; }

    /// <summary>Gets the judge: <c>int (int signal, siginfo_t*, void* ucontext)</c>, 1 when it handled the signal.</summary>
    internal required nint Judge { get; init; }

    /// <summary>Gets the native raise: <c>void (int trapCode)</c>, never returns.</summary>
    internal required nint NativeRaise { get; init; }

    /// <summary>Gets the native switch to the host stack: <c>void (void (*function)(void*), void* argument)</c>.</summary>
    internal required nint NativeOnHostStack { get; init; }

    /// <summary>Gets the adapter of host functions with an unmanaged target.</summary>
    internal required nint HostCall { get; init; }

    /// <summary>Gets the adapter of host functions with a managed target.</summary>
    internal required nint HostCallback { get; init; }

    /// <summary>Gets the guest-stack function that calls a guest function with arguments: <c>void (CallRegisters*)</c>.</summary>
    internal required nint GuestEntry { get; init; }

    /// <summary>Gets the copy that survives faults: <c>int (void* destination, void* source, size_t length)</c>, 1 when all was copied.</summary>
    internal required nint SafeCopy { get; init; }

    /// <summary>Gets the first byte of the thunks.</summary>
    internal required nint Start { get; init; }

    /// <summary>Gets one past the last byte of the thunks.</summary>
    internal required nint End { get; init; }
}
