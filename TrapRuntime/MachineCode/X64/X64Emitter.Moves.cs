namespace TrapRuntime.MachineCode.X64;

/// <summary>Moves between registers, constants and the stack.</summary>
internal sealed partial class X64Emitter
{
    /// <summary><c>push r64</c>.</summary>
    internal void Push(Reg64 value) => EncodeInOpcode(X64Opcode.PushRegister, OperandWidth.Doubleword, Number(value));

    /// <summary><c>push imm8</c> or <c>push imm32</c>: eight bytes, sign-extended.</summary>
    internal void Push(int immediate)
    {
        if (FitsInByte(immediate))
        {
            EncodePlain(X64Opcode.PushImmediate8);
            WriteByte((byte)immediate);
            return;
        }

        EncodePlain(X64Opcode.PushImmediate32);
        WriteInt32(immediate);
    }

    /// <summary><c>pop r64</c>.</summary>
    internal void Pop(Reg64 target) => EncodeInOpcode(X64Opcode.PopRegister, OperandWidth.Doubleword, Number(target));

    /// <summary><c>mov r64, r64</c>.</summary>
    internal void Move(Reg64 target, Reg64 source) =>
        EncodeRegister(X64Opcode.Load, OperandWidth.Quadword, Number(target), Number(source));

    /// <summary><c>mov r32, r32</c>.</summary>
    internal void Move32(Reg64 target, Reg64 source) =>
        EncodeRegister(X64Opcode.Load, OperandWidth.Doubleword, Number(target), Number(source));

    /// <summary><c>mov r32, imm32</c> or <c>mov r64, imm32</c>, sign-extended. Keeps the flags, for zero too.</summary>
    internal void Move(Reg64 target, int immediate) => Move(target, (long)immediate);

    /// <summary>As <see cref="Move(Reg64, ulong)"/>.</summary>
    internal void Move(Reg64 target, long immediate) => Move(target, unchecked((ulong)immediate));

    /// <summary>
    /// <c>mov r32, imm32</c>, <c>mov r64, imm32</c> or <c>mov r64, imm64</c>, the shortest that fits. Keeps the flags,
    /// for zero too.
    /// </summary>
    internal void Move(Reg64 target, ulong immediate)
    {
        int number = Number(target);
        if (immediate <= uint.MaxValue)
        {
            EncodeInOpcode(X64Opcode.MoveImmediate, OperandWidth.Doubleword, number);
            WriteUInt32((uint)immediate);
        }
        else if (unchecked((long)immediate) is >= int.MinValue and < 0)
        {
            EncodeRegister(X64Opcode.MoveSignedImmediate32, OperandWidth.Quadword, register: 0, number);
            WriteUInt32(unchecked((uint)immediate));
        }
        else
        {
            EncodeInOpcode(X64Opcode.MoveImmediate, OperandWidth.Quadword, number);
            WriteUInt64(immediate);
        }
    }

    /// <summary><c>xor r32, r32</c>: zero in the fewest bytes. Changes the flags.</summary>
    internal void Zero(Reg64 target) => Xor32(target, target);

    /// <summary><c>cmovcc r64, r64</c>.</summary>
    internal void MoveIf(Condition condition, Reg64 target, Reg64 source) =>
        EncodeRegister(X64Opcode.MoveIf + Number(condition), OperandWidth.Quadword, Number(target), Number(source));

    /// <summary><c>xchg r64, r64</c>.</summary>
    internal void Exchange(Reg64 first, Reg64 second) =>
        EncodeRegister(X64Opcode.Exchange, OperandWidth.Quadword, Number(first), Number(second));

    /// <summary><c>xchg [r64 + disp], r64</c>: atomic, with a lock of its own.</summary>
    internal void ExchangeMemory(Reg64 at, int offset, Reg64 value) =>
        EncodeMemory(X64Opcode.Exchange, OperandWidth.Quadword, Number(value), at, offset);

    /// <summary><c>rep movsb</c>: copies rcx bytes from [rsi] to [rdi].</summary>
    internal void RepeatMoveBytes() => EncodePlain(X64Opcode.RepeatMoveBytes);
}
