namespace TrapRuntime.MachineCode.Arm64;

/// <summary>Moves, constants and sums.</summary>
internal sealed partial class Arm64Emitter
{
    private const int PartWidth = 16;

    /// <summary><c>mov xd, xm</c>, or <c>mov xd|sp, xn|sp</c> when one of them is the stack pointer.</summary>
    internal void Move(RegX target, RegX source)
    {
        if (target == RegX.Sp || source == RegX.Sp)
        {
            Add(target, source, 0);
            return;
        }

        WriteUInt32(0b1_01_01010_00_0_00000_000000_11111_00000 | (Number(source) << 16) | Number(target));
    }

    /// <summary><c>movz xd, #imm16, lsl #shift</c>: clears the other parts.</summary>
    internal void MoveZeroed(RegX target, ushort immediate, int shift = 0) =>
        MovePart(0b1_10_100101_00_0000000000000000_00000, target, immediate, shift);

    /// <summary><c>movk xd, #imm16, lsl #shift</c>: keeps the other parts.</summary>
    internal void MoveKept(RegX target, ushort immediate, int shift = 0) =>
        MovePart(0b1_11_100101_00_0000000000000000_00000, target, immediate, shift);

    /// <summary><c>movz</c>, then a <c>movk</c> for each further 16-bit part that is not zero.</summary>
    internal void Move(RegX target, ulong immediate)
    {
        MoveZeroed(target, (ushort)immediate);
        for (int shift = PartWidth; shift < PartWidth * 4; shift += PartWidth)
        {
            ushort part = (ushort)(immediate >> shift);
            if (part != 0)
            {
                MoveKept(target, part, shift);
            }
        }
    }

    /// <summary><c>add xd|sp, xn|sp, #imm12</c>, or <c>#imm12, lsl #12</c>.</summary>
    internal void Add(RegX target, RegX source, int immediate) =>
        AddOrSubtract(0b1_0_0_100010_0_000000000000_00000_00000, target, source, immediate);

    /// <summary><c>sub xd|sp, xn|sp, #imm12</c>, or <c>#imm12, lsl #12</c>.</summary>
    internal void Subtract(RegX target, RegX source, int immediate) =>
        AddOrSubtract(0b1_1_0_100010_0_000000000000_00000_00000, target, source, immediate);

    private void AddOrSubtract(uint opcode, RegX target, RegX source, int immediate) =>
        WriteUInt32(opcode
            | (ShiftedImmediate(immediate) << 10) | (NumberOrStackPointer(source) << 5) | NumberOrStackPointer(target));

    private void MovePart(uint opcode, RegX target, ushort immediate, int shift) =>
        WriteUInt32(opcode | (PartNumber(shift) << 21) | ((uint)immediate << 5) | Number(target));
}
