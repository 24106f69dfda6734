namespace TrapRuntime.Traps.X64;

/// <summary>Legacy prefixes, as far as they change a memory operand or a divisor.</summary>
[Flags]
internal enum InstructionPrefixes
{
    /// <summary>None, or some without meaning here.</summary>
    None = 0,

    /// <summary>66: 16-bit operands.</summary>
    OperandSize = 1,

    /// <summary>67: 32-bit addresses.</summary>
    AddressSize = 2,

    /// <summary>64, 65: the address counts from a base that no signal context holds.</summary>
    ThreadSegment = 4,

    /// <summary>F0: only some instructions allow it.</summary>
    Lock = 8,
}
