using TrapRuntime.Activations;

namespace TrapRuntime.Traps.X64;

/// <summary>
/// Tells whether an instruction can have raised a general-protection or stack-segment fault at all. The kernel keeps the number of a
/// thread's last exception, so the number alone may be an old one: a signal whose frame did not fit comes with it.
/// </summary>
internal static class GeneralProtection
{
    /// <summary>Whether it can. In doubt, yes.</summary>
    /// <param name="code">The bytes of the instruction.</param>
    /// <param name="registers">The registers before it.</param>
    internal static bool CanBeRaisedBy(ReadOnlySpan<byte> code, in TrapCapture registers) =>
        !InstructionHead.TryRead(code, out InstructionHead head)
        || head.Map is not OpcodeMap.OneByte
        || head.IsVex
        || (head.Prefixes & InstructionPrefixes.ThreadSegment) != 0
        || (MemoryOperand.TryGetAddress(code, registers, out nuint address) ? MemoryOperand.IsNonCanonical(address) : CanWithoutOperand(head.Opcode));

    // Privileged instructions, those that load a segment or a program counter, and those whose memory operand goes unnamed
    // (Intel SDM volume 2, the instructions' own tables).
    private static bool CanWithoutOperand(byte opcode) => opcode is
        >= 0x6C and <= 0x6F // ins, outs
        or 0x8E // mov to a segment register
        or 0x9A or 0x9D // far call, popf
        or >= 0xA0 and <= 0xAF // absolute and string operands
        or 0xC2 or 0xC3 or 0xC8 or 0xC9 or 0xCA or 0xCB // returns, enter, leave
        or >= 0xCC and <= 0xCF // interrupts
        or 0xD7 // table look-up
        or >= 0xE4 and <= 0xE7 or >= 0xEC and <= 0xEF // in, out
        or 0xF1 or 0xF4 or 0xFA or 0xFB // debug, halt, interrupt flag
        or 0xFF; // indirect jumps and calls
}
