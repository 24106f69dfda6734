namespace TrapRuntime.MachineCode.X64;

/// <summary>Division of rdx:rax. A divisor of zero, or a quotient too large, is the divide fault.</summary>
internal sealed partial class X64Emitter
{
    private const int DivideUnsignedDigit = 6;
    private const int DivideSignedDigit = 7;

    /// <summary><c>cdq</c>: edx becomes the sign of eax.</summary>
    internal void SignExtendAccumulator32() => EncodePlain(X64Opcode.SignExtendAccumulator);

    /// <summary><c>cqo</c>: rdx becomes the sign of rax.</summary>
    internal void SignExtendAccumulator64() =>
        EncodePlain(X64Opcode.SignExtendAccumulator, OperandWidth.Quadword);

    /// <summary><c>idiv r32</c>.</summary>
    internal void DivideSigned32(Reg64 divisor) => Divide(DivideSignedDigit, OperandWidth.Doubleword, divisor);

    /// <summary><c>idiv r64</c>.</summary>
    internal void DivideSigned64(Reg64 divisor) => Divide(DivideSignedDigit, OperandWidth.Quadword, divisor);

    /// <summary><c>div r32</c>.</summary>
    internal void DivideUnsigned32(Reg64 divisor) => Divide(DivideUnsignedDigit, OperandWidth.Doubleword, divisor);

    /// <summary><c>div r64</c>.</summary>
    internal void DivideUnsigned64(Reg64 divisor) => Divide(DivideUnsignedDigit, OperandWidth.Quadword, divisor);

    /// <summary><c>idiv dword [r64 + disp]</c>.</summary>
    internal void DivideSigned32Memory(Reg64 at, int offset) =>
        EncodeMemory(X64Opcode.MultiplyAndDivide, OperandWidth.Doubleword, DivideSignedDigit, at, offset);

    /// <summary><c>idiv qword [r64 + disp]</c>.</summary>
    internal void DivideSigned64Memory(Reg64 at, int offset) =>
        EncodeMemory(X64Opcode.MultiplyAndDivide, OperandWidth.Quadword, DivideSignedDigit, at, offset);

    private void Divide(int digit, OperandWidth width, Reg64 divisor) =>
        EncodeRegister(X64Opcode.MultiplyAndDivide, width, digit, Number(divisor));
}
