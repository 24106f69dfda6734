namespace TrapRuntime;

/// <summary>Where a trap came from.</summary>
/// <remarks>Wasmer: the variants of <c>Trap</c>.</remarks>
public enum TrapKind
{
    /// <summary>A fault of the processor while guest code ran. <see cref="Trap.Signal"/> and the registers are known.</summary>
    Hardware,

    /// <summary>A trap code that a host function or a library of the guest raised.</summary>
    Library,

    /// <summary>An exception that a host function gave as the guest's error: <see cref="Trap.UserError"/>.</summary>
    User,

    /// <summary>The guest could not start for want of memory: no guest stack, or no signal stack.</summary>
    OutOfMemory,

    /// <summary>A cancellation token stopped the guest.</summary>
    Interrupted,
}
