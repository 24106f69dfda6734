using System.Buffers.Binary;
using TrapRuntime.Activations;

namespace TrapRuntime.Traps.X64;

/// <summary>Finds out why a <c>div</c> or <c>idiv</c> failed: x86 reports a zero divisor and an overflow alike.</summary>
internal static class DivideInstruction
{
    private const byte ByteOperand = 0xF6;
    private const byte WordOperand = 0xF7;

    // ModRM.reg of opcode group 3: 6 is div, 7 is idiv.
    private const int FirstDivide = 6;

    /// <summary>Reads the divisor of the instruction at the program counter.</summary>
    /// <returns>What the divisor says, or <see cref="Divisor.Unknown"/> when this is no division or its operand cannot be read.</returns>
    internal static Divisor Examine<TReader>(ReadOnlySpan<byte> code, in TrapCapture registers, in TReader reader)
        where TReader : struct, IGuestReader
    {
        if (!InstructionHead.TryRead(code, out InstructionHead head)
            || head is not { Map: OpcodeMap.OneByte, Opcode: ByteOperand or WordOperand }
            || (head.Prefixes & (InstructionPrefixes.Lock | InstructionPrefixes.ThreadSegment)) != 0
            || !ModRm.TryRead(code[head.Length..], head, out ModRm operand)
            || operand.Register < FirstDivide)
        {
            return Divisor.Unknown;
        }

        int size = head.Opcode == ByteOperand ? sizeof(byte)
            : head.IsWide ? sizeof(ulong)
            : (head.Prefixes & InstructionPrefixes.OperandSize) != 0 ? sizeof(ushort) : sizeof(uint);
        if (!operand.IsMemory)
        {
            return Judge(ReadRegister(registers, operand.Operand, size, head.Rex != 0));
        }

        nuint next = unchecked(registers.ProgramCounter + (nuint)(head.Length + operand.Length));
        nuint address = operand.AddressIn(registers, next, (head.Prefixes & InstructionPrefixes.AddressSize) != 0);
        Span<byte> value = stackalloc byte[sizeof(ulong)];
        value.Clear();
        return reader.TryRead(address, value[..size]) ? Judge(BinaryPrimitives.ReadUInt64LittleEndian(value)) : Divisor.Unknown;
    }

    private static Divisor Judge(ulong divisor) => divisor == 0 ? Divisor.Zero : Divisor.NonZero;

    private static unsafe ulong ReadRegister(in TrapCapture registers, int number, int size, bool hasRex)
    {
        const int FirstHighByte = 4;
        if (size == sizeof(byte) && !hasRex && number >= FirstHighByte)
        {
            // Without REX the numbers 4 to 7 are ah, ch, dh and bh.
            return unchecked((byte)(registers.General[number - FirstHighByte] >> 8));
        }

        ulong value = registers.General[number];
        return unchecked(size switch
        {
            sizeof(byte) => (byte)value,
            sizeof(ushort) => (ushort)value,
            sizeof(uint) => (uint)value,
            _ => value,
        });
    }
}
