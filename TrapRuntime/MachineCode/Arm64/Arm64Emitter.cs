using System.Buffers.Binary;

namespace TrapRuntime.MachineCode.Arm64;

/// <summary>
/// Writes the aarch64 instructions that thunks are made of, one method per instruction form. Each method's summary is the
/// form in the notation of the Arm manual (DDI 0487, chapter C6), and each word is a literal grouped by the fields printed
/// there. What has no encoding is refused with an <see cref="ArgumentException"/> before a byte is written.
/// </summary>
internal sealed partial class Arm64Emitter : CodeEmitter
{
    private const int InstructionSize = sizeof(uint);

    /// <summary><c>nop</c>.</summary>
    internal void CpuNop() => WriteUInt32(0b1101010100_0_00_011_0010_0000_000_11111);

    /// <summary><c>nop</c>.</summary>
    private protected override void WriteFiller() => CpuNop();

    /// <summary>Fills the distance field of a branch or an <c>adr</c>; the opcode says which field the word has.</summary>
    private protected override void Resolve(Span<byte> field, int distance)
    {
        uint word = BinaryPrimitives.ReadUInt32LittleEndian(field);
        uint filled = IsBranch26(word) ? word | (SignedField(distance / InstructionSize, width: 26) << 0)
            : IsAddress(word) ? word | AddressFields(distance)
            : word | (SignedField(distance / InstructionSize, width: 19) << 5);
        BinaryPrimitives.WriteUInt32LittleEndian(field, filled);
    }

    private static bool IsBranch26(uint word) =>
        (word & 0b0_11111_00000000000000000000000000) == 0b0_00101_00000000000000000000000000;

    private static bool IsAddress(uint word) =>
        (word & 0b1_00_11111_0000000000000000000_00000) == 0b0_00_10000_0000000000000000000_00000;

    // adr splits its 21 bits: the lowest two stand apart, at bit 29.
    private static uint AddressFields(int distance)
    {
        uint bits = SignedField(distance, width: 21);
        return ((bits & 0b11) << 29) | ((bits >> 2) << 5);
    }

    private static uint SignedField(int value, int width)
    {
        int reach = 1 << (width - 1);
        return value >= -reach && value < reach
            ? (uint)value & ((1u << width) - 1)
            : throw new InvalidOperationException($"A label lies out of reach: the distance does not fit in {width} bits.");
    }
}
