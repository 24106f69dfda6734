using System.Runtime.CompilerServices;
using TrapRuntime.Platforms;

namespace TrapRuntime.Traps;

/// <summary>All that the classification of a fault depends on.</summary>
internal readonly record struct TrapFacts
{
    // In two fields: a nullable one is stored in two pieces and copied as a whole, for which the processor waits.
    private readonly bool _hasAddress;
    private readonly nuint _address;

    /// <summary>Gets what the system reported.</summary>
    internal required FaultKind Kind { get; init; }

    /// <summary>Gets the address that could not be accessed, or null when the fault names none.</summary>
    internal nuint? Address
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _hasAddress ? _address : null;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        init => (_hasAddress, _address) = (value.HasValue, value.GetValueOrDefault());
    }

    /// <summary>Gets the code carried by the illegal instruction, or <see cref="TrapCode.None"/>.</summary>
    internal TrapCode Payload { get; init; }

    /// <summary>Gets the code registered for the program counter, or <see cref="TrapCode.None"/>.</summary>
    internal TrapCode Site { get; init; }

    /// <summary>Gets the stack pointer.</summary>
    internal nuint StackPointer { get; init; }

    /// <summary>Gets the guard region of the guest stack; its end is the stack's lowest usable byte.</summary>
    internal AddressRange Guard { get; init; }

    /// <summary>Gets how far below the stack pointer the kernel writes when it delivers a signal on this stack, in bytes.</summary>
    internal nuint SignalFrameSize { get; init; }

    /// <summary>Gets a value indicating whether the processor refused an address that no mapping can hold.</summary>
    internal bool IsNonCanonical { get; init; }

    /// <summary>Gets a value indicating whether the address lies in the address space of a <see cref="GuestMemory"/>.</summary>
    internal bool IsInMemory { get; init; }

    /// <summary>Gets what is known about the divisor of a failed division.</summary>
    internal Divisor Divisor { get; init; }
}
