using TrapRuntime.Platforms;

namespace TrapRuntime.MachineCode;

/// <summary>What the thunks are built for: the facts that are fixed when they are emitted.</summary>
internal sealed record ThunkEnvironment
{
    /// <summary>Gets the way to the thread block.</summary>
    internal required ThreadBlockAccess ThreadBlock { get; init; }

    /// <summary>Gets the offsets in the system's records.</summary>
    internal required GateLayout Layout { get; init; }

    /// <summary>Gets the numbers of the system calls that thunks make.</summary>
    internal required SystemCallNumbers SystemCalls { get; init; }

    /// <summary>Gets the C# handler of faults.</summary>
    internal required nint FaultHandler { get; init; }

    /// <summary>Gets the C# handler of the interrupt signal.</summary>
    internal required nint InterruptHandler { get; init; }

    /// <summary>Gets the interrupt signal, or 0 for none.</summary>
    internal required int InterruptSignal { get; init; }

    /// <summary>Gets the <c>si_code</c> of this library's interrupt signals.</summary>
    internal required int InterruptCode { get; init; }

    /// <summary>Gets the value this library's interrupt signals carry, and the way to the code table.</summary>
    internal required nint ProcessBlock { get; init; }

    /// <summary>Gets a value indicating whether a gate may leave the signal by a jump to the exit label: the system keeps no state of its own about it.</summary>
    internal required bool LeavesByJump { get; init; }

    /// <summary>Gets where a signal frame's vector state holds the protection-key rights, or 0 where the system has no such keys.</summary>
    internal int ProtectionKeysOffset { get; init; }

    /// <summary>Gets a value indicating whether return addresses are checked against a shadow stack. A process has it from its start or never.</summary>
    internal bool HasShadowStack { get; init; }

    /// <summary>Gets a value indicating whether the processor has upper vector halves to clear (AVX).</summary>
    internal bool HasUpperVectors { get; init; }
}
