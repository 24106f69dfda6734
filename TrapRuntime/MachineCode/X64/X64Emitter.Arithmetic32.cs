namespace TrapRuntime.MachineCode.X64;

/// <summary>Arithmetic on the lower halves of registers.</summary>
internal sealed partial class X64Emitter
{
    /// <summary><c>and r32, r32</c>.</summary>
    internal void And32(Reg64 target, Reg64 source) =>
        Compute(ArithmeticOperation.And, target, source, OperandWidth.Doubleword);

    /// <summary><c>and r32, imm</c>.</summary>
    internal void And32(Reg64 target, int immediate) =>
        Compute(ArithmeticOperation.And, target, immediate, OperandWidth.Doubleword);

    /// <summary><c>or r32, r32</c>.</summary>
    internal void Or32(Reg64 target, Reg64 source) =>
        Compute(ArithmeticOperation.Or, target, source, OperandWidth.Doubleword);

    /// <summary><c>or r32, imm</c>.</summary>
    internal void Or32(Reg64 target, int immediate) =>
        Compute(ArithmeticOperation.Or, target, immediate, OperandWidth.Doubleword);

    /// <summary><c>xor r32, r32</c>.</summary>
    internal void Xor32(Reg64 target, Reg64 source) =>
        Compute(ArithmeticOperation.Xor, target, source, OperandWidth.Doubleword);

    /// <summary><c>xor r32, imm</c>.</summary>
    internal void Xor32(Reg64 target, int immediate) =>
        Compute(ArithmeticOperation.Xor, target, immediate, OperandWidth.Doubleword);

    /// <summary><c>xor r32, dword [r64 + disp]</c>.</summary>
    internal void Xor32(Reg64 target, Reg64 at, int offset) =>
        EncodeMemory(
            FromOperandOpcode(ArithmeticOperation.Xor), OperandWidth.Doubleword, Number(target), at, offset);

    /// <summary><c>cmp r32, r32</c>.</summary>
    internal void Compare32(Reg64 value, Reg64 other) =>
        Compute(ArithmeticOperation.Compare, value, other, OperandWidth.Doubleword);

    /// <summary><c>cmp r32, imm</c>.</summary>
    internal void Compare32(Reg64 value, int immediate) =>
        Compute(ArithmeticOperation.Compare, value, immediate, OperandWidth.Doubleword);

    /// <summary><c>cmp r32, dword [r64 + disp]</c>.</summary>
    internal void Compare32(Reg64 value, Reg64 at, int offset) =>
        EncodeMemory(
            FromOperandOpcode(ArithmeticOperation.Compare), OperandWidth.Doubleword, Number(value), at, offset);

    /// <summary><c>test r32, r32</c>.</summary>
    internal void Test32(Reg64 value, Reg64 other) =>
        EncodeRegister(X64Opcode.Test, OperandWidth.Doubleword, Number(other), Number(value));

    /// <summary><c>test r32, imm32</c>.</summary>
    internal void Test32(Reg64 value, int immediate)
    {
        EncodeRegister(X64Opcode.MultiplyAndDivide, OperandWidth.Doubleword, TestDigit, Number(value));
        WriteInt32(immediate);
    }
}
