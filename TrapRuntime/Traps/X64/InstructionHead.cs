namespace TrapRuntime.Traps.X64;

/// <summary>
/// The prefixes and the opcode of an x86_64 instruction, and where its ModRM byte stands (Intel SDM volume 2, chapter 2).
/// VEX is understood, EVEX is not: its scaled displacement depends on the instruction.
/// </summary>
internal readonly ref struct InstructionHead
{
    /// <summary>An instruction is never longer.</summary>
    internal const int MaxLength = 15;

    private const byte RexW = 8;
    private const byte RexR = 4;
    private const byte RexX = 2;
    private const byte RexB = 1;
    private const byte Vex2 = 0xC5;
    private const byte Vex3 = 0xC4;
    private const byte Evex = 0x62;
    private const byte Escape = 0x0F;

    private InstructionHead(InstructionPrefixes prefixes, byte rex, OpcodeMap map, byte opcode, bool isVex, int length)
    {
        Prefixes = prefixes;
        Rex = rex;
        Map = map;
        Opcode = opcode;
        IsVex = isVex;
        Length = length;
    }

    /// <summary>Gets the legacy prefixes that matter here.</summary>
    internal InstructionPrefixes Prefixes { get; }

    /// <summary>Gets the REX byte, or 0; for VEX the equivalent R, X and B bits.</summary>
    internal byte Rex { get; }

    /// <summary>Gets which table the opcode is from.</summary>
    internal OpcodeMap Map { get; }

    /// <summary>Gets the opcode byte.</summary>
    internal byte Opcode { get; }

    /// <summary>Gets a value indicating whether the instruction is VEX-encoded.</summary>
    internal bool IsVex { get; }

    /// <summary>Gets the bytes up to and with the opcode.</summary>
    internal int Length { get; }

    /// <summary>Gets a value indicating whether the operands are 64 bits wide.</summary>
    internal bool IsWide => (Rex & RexW) != 0;

    /// <summary>Gets what REX.R adds to a register number in ModRM.reg.</summary>
    internal int RegisterBit => (Rex & RexR) != 0 ? 8 : 0;

    /// <summary>Gets what REX.X adds to an index register number.</summary>
    internal int IndexBit => (Rex & RexX) != 0 ? 8 : 0;

    /// <summary>Gets what REX.B adds to a base register number.</summary>
    internal int BaseBit => (Rex & RexB) != 0 ? 8 : 0;

    /// <summary>Reads the head of an instruction.</summary>
    /// <returns>False when the bytes end too early or the encoding is not understood.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> code, out InstructionHead head)
    {
        head = default;
        InstructionPrefixes prefixes = InstructionPrefixes.None;
        byte rex = 0;
        int at = 0;
        for (; at < code.Length && at < MaxLength; at++)
        {
            if (InstructionPrefix.IsRex(code[at]))
            {
                rex = code[at];
            }
            else if (InstructionPrefix.TryRead(code[at], out InstructionPrefixes prefix))
            {
                // A REX byte counts only directly before the opcode.
                rex = 0;
                prefixes |= prefix;
            }
            else
            {
                break;
            }
        }

        ReadOnlySpan<byte> rest = code[at..];
        if (rest.IsEmpty)
        {
            return false;
        }

        switch (rest[0])
        {
            case Evex:
                return false;
            case Vex2 when rest.Length >= 3:
                head = new InstructionHead(prefixes, InvertedBits(rest[1], RexR), OpcodeMap.TwoByte, rest[2], true, at + 3);
                return true;
            case Vex3 when rest.Length >= 4:
                head = new InstructionHead(prefixes, InvertedBits(rest[1], RexR | RexX | RexB), (OpcodeMap)(rest[1] & 0x1F), rest[3], true, at + 4);
                return head.Map is OpcodeMap.TwoByte or OpcodeMap.ThreeByte38 or OpcodeMap.ThreeByte3A;
            case Vex2 or Vex3:
                return false;
            case Escape when rest.Length >= 2 && rest[1] is not (0x38 or 0x3A):
                head = new InstructionHead(prefixes, rex, OpcodeMap.TwoByte, rest[1], false, at + 2);
                return true;
            case Escape when rest.Length >= 3:
                head = new InstructionHead(prefixes, rex, rest[1] == 0x38 ? OpcodeMap.ThreeByte38 : OpcodeMap.ThreeByte3A, rest[2], false, at + 3);
                return true;
            case Escape:
                return false;
            default:
                head = new InstructionHead(prefixes, rex, OpcodeMap.OneByte, rest[0], false, at + 1);
                return true;
        }
    }

    // VEX keeps R, X and B upside down in the top bits.
    private static byte InvertedBits(byte value, int mask) => (byte)((~value >> 5) & mask);
}
