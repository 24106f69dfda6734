namespace TrapRuntime.Platforms;

/// <summary>What kind of fault a system reported, in terms that every system shares.</summary>
internal enum FaultKind
{
    /// <summary>None of the others, or a signal that somebody sent.</summary>
    Other = 0,

    /// <summary>A memory access that failed at a known address.</summary>
    MemoryAccess,

    /// <summary>A memory access that failed without a known address: a non-canonical one, or a signal frame that did not fit.</summary>
    MemoryAccessWithoutAddress,

    /// <summary>A bus error at a known address: beyond the end of a mapped file, or in a guard page on some systems.</summary>
    Bus,

    /// <summary>An access that must be aligned and is not.</summary>
    Misaligned,

    /// <summary>An illegal instruction.</summary>
    IllegalInstruction,

    /// <summary>An integer division that failed. x86 does not say whether by zero or by overflow.</summary>
    IntegerDivide,

    /// <summary>An integer operation that overflowed, known as such.</summary>
    IntegerOverflow,

    /// <summary>A floating-point operation that failed.</summary>
    FloatingPoint,
}
