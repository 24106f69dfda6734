namespace TrapRuntime.MachineCode.X64;

/// <summary>Prefixes, opcodes, ModRM and SIB bytes. Intel manual, volume 2, chapter 2.</summary>
internal sealed partial class X64Emitter
{
    private const int RexPrefix = 0x40;
    private const int RexWide = 8; // REX.W: 64-bit operands
    private const int RexRegister = 4; // REX.R: fourth bit of ModRM.reg
    private const int RexIndex = 2; // REX.X: fourth bit of SIB.index
    private const int RexBase = 1; // REX.B: fourth bit of ModRM.rm, SIB.base or the opcode's register
    private const int FirstExtendedRegister = 8;
    private const int LowBits = 7;

    private const int NoOffset = 0; // ModRM.mod
    private const int ByteOffset = 1;
    private const int DoublewordOffset = 2;
    private const int RegisterOperand = 3;

    private const int SibFollows = 4; // ModRM.rm; the reason why rsp and r12 as a base take a SIB byte
    private const int NoIndex = 4; // SIB.index; the reason why rsp cannot be an index
    private const int NoBase = 5; // ModRM.rm or SIB.base with NoOffset; the reason why rbp and r13 take an offset of zero

    // The instruction's operands are `register` and `operand`, both registers.
    private void EncodeRegister(X64Opcode opcode, OperandWidth width, int register, int operand)
    {
        WriteOpcode(opcode, width, register, index: 0, operand);
        WriteModRm(RegisterOperand, register, operand);
    }

    // The instruction's operands are `register` and the memory at [at + offset].
    private void EncodeMemory(X64Opcode opcode, OperandWidth width, int register, Reg64 at, int offset)
    {
        int origin = Number(at);
        int form = OffsetForm(origin, offset);
        WriteOpcode(opcode, width, register, index: 0, origin);
        WriteModRm(form, register, origin);
        if ((origin & LowBits) == SibFollows)
        {
            WriteModRm(0, NoIndex, origin);
        }

        WriteOffset(form, offset);
    }

    // The instruction's operands are `register` and the memory at [at + index * scale + offset].
    private void EncodeIndexed(
        X64Opcode opcode, OperandWidth width, int register, Reg64 at, Reg64 index, int scale, int offset)
    {
        int origin = Number(at);
        int indexNumber = IndexNumber(index);
        int scaleBits = ScaleBits(scale);
        int form = OffsetForm(origin, offset);
        WriteOpcode(opcode, width, register, indexNumber, origin);
        WriteModRm(form, register, SibFollows);
        WriteModRm(scaleBits, indexNumber, origin); // SIB packs its three fields as ModRM does
        WriteOffset(form, offset);
    }

    // The register sits in the opcode's low three bits.
    private void EncodeInOpcode(X64Opcode opcode, OperandWidth width, int register) =>
        WriteOpcode(opcode + (register & LowBits), width, register: 0, index: 0, register);

    private void EncodePlain(X64Opcode opcode, OperandWidth width = OperandWidth.Doubleword) =>
        WriteOpcode(opcode, width, register: 0, index: 0, operand: 0);

    private void WriteOpcode(X64Opcode opcode, OperandWidth width, int register, int index, int operand)
    {
        const int ByteBits = 8;
        int bytes = (int)opcode;
        byte escape = 0x0F;
        byte middle = (byte)(bytes >> ByteBits);
        byte prefix = (byte)(bytes >> (ByteBits * 2));

        // REX stands behind an obligatory prefix and ahead of the escape byte.
        WriteByteIfAny(middle == escape ? prefix : middle);
        WriteRex(width, register, index, operand);
        WriteByteIfAny(middle == escape ? escape : (byte)0);
        WriteByte((byte)bytes);
    }

    private void WriteByteIfAny(byte value)
    {
        if (value != 0)
        {
            WriteByte(value);
        }
    }

    private void WriteRex(OperandWidth width, int register, int index, int operand)
    {
        int bits = (width == OperandWidth.Quadword ? RexWide : 0)
            | (register >= FirstExtendedRegister ? RexRegister : 0)
            | (index >= FirstExtendedRegister ? RexIndex : 0)
            | (operand >= FirstExtendedRegister ? RexBase : 0);

        // Without any REX, byte registers 4 to 7 are ah, ch, dh and bh.
        if (bits != 0 || (width == OperandWidth.Byte && register >= (int)Reg64.Rsp))
        {
            WriteByte((byte)(RexPrefix | bits));
        }
    }

    private void WriteModRm(int mode, int register, int operand)
    {
        const int ModeShift = 6;
        const int RegisterShift = 3;
        WriteByte((byte)((mode << ModeShift) | ((register & LowBits) << RegisterShift) | (operand & LowBits)));
    }

    private static int OffsetForm(int origin, int offset) =>
        offset == 0 && (origin & LowBits) != NoBase ? NoOffset
        : FitsInByte(offset) ? ByteOffset
        : DoublewordOffset;

    private void WriteOffset(int form, int offset)
    {
        if (form == ByteOffset)
        {
            WriteByte((byte)offset);
        }
        else if (form == DoublewordOffset)
        {
            WriteInt32(offset);
        }
    }
}
