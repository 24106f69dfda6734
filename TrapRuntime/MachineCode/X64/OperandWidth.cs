namespace TrapRuntime.MachineCode.X64;

/// <summary>How many bits of its operands an instruction works on.</summary>
internal enum OperandWidth
{
    /// <summary>8 bits. Registers 4 to 7 mean spl to dil, which takes a REX prefix.</summary>
    Byte,

    /// <summary>32 bits, or a width that the opcode itself fixes: no REX.W.</summary>
    Doubleword,

    /// <summary>64 bits by REX.W.</summary>
    Quadword,
}
