namespace TrapRuntime.Traps.X64;

/// <summary>
/// How many bytes of immediate follow a memory operand. An address relative to the program counter counts from behind them.
/// </summary>
internal static class ImmediateLength
{
    /// <summary>Gives the number of bytes.</summary>
    /// <param name="head">The instruction.</param>
    /// <param name="extension">ModRM.reg, which completes some opcodes.</param>
    internal static int Of(in InstructionHead head, int extension) => head.Map switch
    {
        OpcodeMap.OneByte => OfOneByte(head, extension),
        OpcodeMap.TwoByte => head.Opcode switch
        {
            >= 0x70 and <= 0x73 or 0xA4 or 0xAC or 0xBA or 0xC2 or >= 0xC4 and <= 0xC6 => sizeof(byte),
            _ => 0,
        },
        OpcodeMap.ThreeByte3A => sizeof(byte),
        _ => 0,
    };

    private static int OfOneByte(in InstructionHead head, int extension) => head.Opcode switch
    {
        0x80 or 0x82 or 0x83 or 0x6B or 0xC0 or 0xC1 or 0xC6 => sizeof(byte),
        0x69 or 0x81 or 0xC7 => OperandImmediate(head),

        // Group 3: only test has an immediate.
        0xF6 when extension < 2 => sizeof(byte),
        0xF7 when extension < 2 => OperandImmediate(head),
        _ => 0,
    };

    private static int OperandImmediate(in InstructionHead head) =>
        (head.Prefixes & InstructionPrefixes.OperandSize) != 0 && !head.IsWide ? sizeof(ushort) : sizeof(uint);
}
