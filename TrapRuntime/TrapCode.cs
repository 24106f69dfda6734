namespace TrapRuntime;

/// <summary>What a guest did wrong.</summary>
/// <remarks>
/// Payload <c>n</c> in an illegal instruction (0 to 10) is the member with the value <c>n + 1</c>; the last two have no payload.
/// Wasmer: <c>TrapCode</c>.
/// </remarks>
public enum TrapCode
{
    /// <summary>None is known. The signal, its code and the address say what happened; a code is never made up.</summary>
    None = 0,

    /// <summary>The guest stack is used up.</summary>
    StackOverflow = 1,

    /// <summary>An access outside a linear memory.</summary>
    HeapAccessOutOfBounds = 2,

    /// <summary>An access that the linear memory's alignment forbids.</summary>
    HeapMisaligned = 3,

    /// <summary>An access outside a table.</summary>
    TableAccessOutOfBounds = 4,

    /// <summary>An indirect call through an empty table slot.</summary>
    IndirectCallToNull = 5,

    /// <summary>An indirect call to a function of another signature.</summary>
    BadSignature = 6,

    /// <summary>An integer result that does not fit, as in the smallest integer divided by -1.</summary>
    IntegerOverflow = 7,

    /// <summary>An integer division or remainder by zero.</summary>
    IntegerDivisionByZero = 8,

    /// <summary>A floating-point value that no integer of the wanted type can hold.</summary>
    BadConversionToInteger = 9,

    /// <summary>Code that must not be reached.</summary>
    UnreachableCodeReached = 10,

    /// <summary>An atomic access to an unaligned address.</summary>
    UnalignedAtomic = 11,

    /// <summary>A guest exception that nothing caught.</summary>
    UncaughtException = 12,

    /// <summary>The host stopped the guest.</summary>
    HostInterrupt = 13,
}
