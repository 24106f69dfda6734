namespace TrapRuntime.MachineCode.X64;

/// <summary>Jumps, calls and instructions that fault on purpose. Label forms have one length, so listings stay put.</summary>
internal sealed partial class X64Emitter
{
    private const int CallDigit = 2;
    private const int JumpDigit = 4;

    /// <summary><c>jmp rel32</c>.</summary>
    internal void Jump(CodeLabel label)
    {
        RequireOwn(label);
        EncodePlain(X64Opcode.JumpRelative);
        WriteReference(label);
    }

    /// <summary><c>jmp r64</c>.</summary>
    internal void Jump(Reg64 to) =>
        EncodeRegister(X64Opcode.CallAndJump, OperandWidth.Doubleword, JumpDigit, Number(to));

    /// <summary><c>jmp qword [r64 + disp]</c>.</summary>
    internal void JumpMemory(Reg64 at, int offset) =>
        EncodeMemory(X64Opcode.CallAndJump, OperandWidth.Doubleword, JumpDigit, at, offset);

    /// <summary><c>jcc rel32</c>.</summary>
    internal void JumpIf(Condition condition, CodeLabel label)
    {
        int number = Number(condition);
        RequireOwn(label);
        EncodePlain(X64Opcode.JumpIf + number);
        WriteReference(label);
    }

    /// <summary><c>call rel32</c>.</summary>
    internal void Call(CodeLabel label)
    {
        RequireOwn(label);
        EncodePlain(X64Opcode.CallRelative);
        WriteReference(label);
    }

    /// <summary><c>call r64</c>.</summary>
    internal void Call(Reg64 to) =>
        EncodeRegister(X64Opcode.CallAndJump, OperandWidth.Doubleword, CallDigit, Number(to));

    /// <summary><c>call qword [r64 + disp]</c>.</summary>
    internal void CallMemory(Reg64 at, int offset) =>
        EncodeMemory(X64Opcode.CallAndJump, OperandWidth.Doubleword, CallDigit, at, offset);

    /// <summary><c>ret</c>.</summary>
    internal void Return() => EncodePlain(X64Opcode.Return);

    /// <summary><c>syscall</c>.</summary>
    internal void SystemCall() => EncodePlain(X64Opcode.SystemCall);

    /// <summary><c>nop</c>, one byte.</summary>
    internal void CpuNop() => EncodePlain(X64Opcode.Nop);

    /// <summary><c>pause</c>.</summary>
    internal void Pause() => EncodePlain(X64Opcode.Pause);

    /// <summary><c>endbr64</c>: a place that indirect branches may reach under control-flow enforcement.</summary>
    internal void BranchTarget()
    {
        const byte Endbr64 = 0xFA; // the ModRM byte that turns this opcode into endbr64
        EncodePlain(X64Opcode.BranchTarget);
        WriteByte(Endbr64);
    }

    /// <summary><c>ud2</c>: the illegal-instruction fault, without a payload.</summary>
    internal void UndefinedInstruction() => EncodePlain(X64Opcode.UndefinedInstruction);

    /// <summary>
    /// <c>ud1 r32, r32</c>: the illegal-instruction fault with a trap code. The two register fields hold the code's four
    /// bits, so that the ModRM byte reads 0xC0 | payload, as Wasmer's compilers write it.
    /// </summary>
    /// <param name="payload">The trap code, 0 to 15.</param>
    /// <param name="rexPrefix">Whether to put an idle REX prefix in front, as a compiler may.</param>
    internal void UndefinedWithPayload(byte payload, bool rexPrefix = false)
    {
        const byte LastPayload = 15;
        const int BitsInOperand = 3;
        if (payload > LastPayload)
        {
            throw new ArgumentOutOfRangeException(nameof(payload), payload, "A trap code in ud1 has four bits.");
        }

        if (rexPrefix)
        {
            WriteByte(RexPrefix);
        }

        EncodeRegister(
            X64Opcode.UndefinedWithOperands, OperandWidth.Doubleword, payload >> BitsInOperand, payload & LowBits);
    }

    private void WriteReference(CodeLabel label)
    {
        Refer(label);
        WriteInt32(0);
    }
}
