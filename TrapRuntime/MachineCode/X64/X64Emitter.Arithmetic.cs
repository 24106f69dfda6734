namespace TrapRuntime.MachineCode.X64;

/// <summary>Arithmetic on registers.</summary>
internal sealed partial class X64Emitter
{
    private const int FromOperand = 3; // group 1, form "r, r/m"
    private const int NegateDigit = 3;
    private const int ShiftLeftDigit = 4;
    private const int ShiftRightDigit = 5;
    private const int TestDigit = 0;

    /// <summary><c>add r64, r64</c>.</summary>
    internal void Add(Reg64 target, Reg64 source) => Compute(ArithmeticOperation.Add, target, source);

    /// <summary><c>add r64, imm</c>.</summary>
    internal void Add(Reg64 target, int immediate) => Compute(ArithmeticOperation.Add, target, immediate);

    /// <summary><c>sub r64, r64</c>.</summary>
    internal void Subtract(Reg64 target, Reg64 source) => Compute(ArithmeticOperation.Subtract, target, source);

    /// <summary><c>sub r64, imm</c>.</summary>
    internal void Subtract(Reg64 target, int immediate) => Compute(ArithmeticOperation.Subtract, target, immediate);

    /// <summary><c>and r64, r64</c>.</summary>
    internal void And(Reg64 target, Reg64 source) => Compute(ArithmeticOperation.And, target, source);

    /// <summary><c>and r64, imm</c>: the constant is sign-extended.</summary>
    internal void And(Reg64 target, int immediate) => Compute(ArithmeticOperation.And, target, immediate);

    /// <summary><c>or r64, r64</c>.</summary>
    internal void Or(Reg64 target, Reg64 source) => Compute(ArithmeticOperation.Or, target, source);

    /// <summary><c>or r64, imm</c>: the constant is sign-extended.</summary>
    internal void Or(Reg64 target, int immediate) => Compute(ArithmeticOperation.Or, target, immediate);

    /// <summary><c>xor r64, r64</c>.</summary>
    internal void Xor(Reg64 target, Reg64 source) => Compute(ArithmeticOperation.Xor, target, source);

    /// <summary><c>cmp r64, r64</c>.</summary>
    internal void Compare(Reg64 value, Reg64 other) => Compute(ArithmeticOperation.Compare, value, other);

    /// <summary><c>cmp r64, imm</c>: the constant is sign-extended.</summary>
    internal void Compare(Reg64 value, int immediate) => Compute(ArithmeticOperation.Compare, value, immediate);

    /// <summary><c>test r64, r64</c>.</summary>
    internal void Test(Reg64 value, Reg64 other) =>
        EncodeRegister(X64Opcode.Test, OperandWidth.Quadword, Number(other), Number(value));

    /// <summary><c>neg r64</c>.</summary>
    internal void Negate(Reg64 target) =>
        EncodeRegister(X64Opcode.MultiplyAndDivide, OperandWidth.Quadword, NegateDigit, Number(target));

    /// <summary><c>shl r64, imm8</c>, by 0 to 63.</summary>
    internal void ShiftLeft(Reg64 target, byte count) => Shift(ShiftLeftDigit, target, count);

    /// <summary><c>shr r64, imm8</c>, by 0 to 63.</summary>
    internal void ShiftRight(Reg64 target, byte count) => Shift(ShiftRightDigit, target, count);

    private void Shift(int digit, Reg64 target, byte count)
    {
        const byte LastCount = 63; // the processor drops higher bits in silence
        if (count > LastCount)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "A 64-bit register is shifted by 0 to 63.");
        }

        EncodeRegister(X64Opcode.ShiftImmediate8, OperandWidth.Quadword, digit, Number(target));
        WriteByte(count);
    }

    private void Compute(
        ArithmeticOperation operation, Reg64 target, Reg64 source, OperandWidth width = OperandWidth.Quadword) =>
        EncodeRegister(FromOperandOpcode(operation), width, Number(target), Number(source));

    private void Compute(
        ArithmeticOperation operation, Reg64 target, int immediate, OperandWidth width = OperandWidth.Quadword)
    {
        EncodeRegister(ImmediateOpcode(immediate), width, (int)operation, Number(target));
        WriteImmediate(immediate);
    }

    private static X64Opcode FromOperandOpcode(ArithmeticOperation operation)
    {
        const int OpcodesPerOperation = 8;
        return (X64Opcode)(((int)operation * OpcodesPerOperation) + FromOperand);
    }

    private static X64Opcode ToOperandOpcode(ArithmeticOperation operation)
    {
        const int Backwards = 2; // the opcode bit that swaps "r, r/m" and "r/m, r"
        return FromOperandOpcode(operation) - Backwards;
    }

    private static X64Opcode ImmediateOpcode(int immediate) =>
        FitsInByte(immediate) ? X64Opcode.ArithmeticImmediate8 : X64Opcode.ArithmeticImmediate32;

    private void WriteImmediate(int immediate)
    {
        if (FitsInByte(immediate))
        {
            WriteByte((byte)immediate);
        }
        else
        {
            WriteInt32(immediate);
        }
    }
}
