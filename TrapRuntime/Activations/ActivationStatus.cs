namespace TrapRuntime.Activations;

/// <summary>Why an activation ended. Written before the exit label is reached, returned by the enter thunk.</summary>
/// <remarks>Wasmer: <c>UnwindReason</c>.</remarks>
internal enum ActivationStatus
{
    /// <summary>The guest function returned.</summary>
    Returned = 0,

    /// <summary>A hardware fault; the thread block's capture area holds the facts.</summary>
    HardwareTrap = 1,

    /// <summary>Guest code, or a library it calls, raised a trap code through the native entry.</summary>
    NativeRaise = 2,

    /// <summary>A host function asked for the end: a library trap, a user trap or an exception is held by the thread's state.</summary>
    HostRaise = 3,

    /// <summary>An interrupt landed.</summary>
    Interrupted = 4,

    /// <summary>Reserved: the guest waits for an asynchronous host call.</summary>
    Suspended = 5,

    /// <summary>The part of the value that the members above stand in.</summary>
    ReasonMask = 0xFF,

    /// <summary>Beside any of them: a signal handler needed the reserve below the guest's stack, which is open until the activation ends.</summary>
    ReserveOpen = 0x100,
}
