namespace TrapRuntime.MachineCode.X64;

/// <summary>Arithmetic and comparisons with an operand in memory.</summary>
internal sealed partial class X64Emitter
{
    /// <summary><c>cmp r64, [r64 + disp]</c>.</summary>
    internal void Compare(Reg64 value, Reg64 at, int offset) =>
        EncodeMemory(
            FromOperandOpcode(ArithmeticOperation.Compare), OperandWidth.Quadword, Number(value), at, offset);

    /// <summary><c>cmp [r64 + disp], r64</c>.</summary>
    internal void CompareMemory(Reg64 at, int offset, Reg64 value) =>
        EncodeMemory(
            ToOperandOpcode(ArithmeticOperation.Compare), OperandWidth.Quadword, Number(value), at, offset);

    /// <summary><c>cmp qword [r64 + disp], imm</c>: the constant is sign-extended.</summary>
    internal void CompareMemory(Reg64 at, int offset, int immediate) =>
        ComputeInMemory(ArithmeticOperation.Compare, OperandWidth.Quadword, at, offset, immediate);

    /// <summary><c>cmp dword [r64 + disp], imm</c>.</summary>
    internal void CompareMemory32(Reg64 at, int offset, int immediate) =>
        ComputeInMemory(ArithmeticOperation.Compare, OperandWidth.Doubleword, at, offset, immediate);

    /// <summary><c>or dword [r64 + disp], imm</c>.</summary>
    internal void OrMemory32(Reg64 at, int offset, int immediate) =>
        ComputeInMemory(ArithmeticOperation.Or, OperandWidth.Doubleword, at, offset, immediate);

    /// <summary><c>add qword [r64 + disp], imm</c>: the constant is sign-extended.</summary>
    internal void AddMemory(Reg64 at, int offset, int immediate) =>
        ComputeInMemory(ArithmeticOperation.Add, OperandWidth.Quadword, at, offset, immediate);

    /// <summary><c>test dword [r64 + disp], imm32</c>.</summary>
    internal void TestMemory32(Reg64 at, int offset, int immediate)
    {
        EncodeMemory(X64Opcode.MultiplyAndDivide, OperandWidth.Doubleword, TestDigit, at, offset);
        WriteInt32(immediate);
    }

    private void ComputeInMemory(
        ArithmeticOperation operation, OperandWidth width, Reg64 at, int offset, int immediate)
    {
        EncodeMemory(ImmediateOpcode(immediate), width, (int)operation, at, offset);
        WriteImmediate(immediate);
    }
}
