namespace TrapRuntime.MachineCode.X64;

/// <summary>Flags, floating-point control and the shadow stack.</summary>
internal sealed partial class X64Emitter
{
    private const int LoadMxcsrDigit = 2;
    private const int StoreMxcsrDigit = 3;
    private const int LoadX87ControlDigit = 5;
    private const int StoreX87ControlDigit = 7;
    private const int ReadShadowStackPointerDigit = 1;
    private const int IncrementShadowStackPointerDigit = 5;
    private static ReadOnlySpan<byte> SignalReturnBytes => [0x48, 0xC7, 0xC0, 0x0F, 0, 0, 0, 0x0F, 0x05];

    private const byte ReadProtectionKeysCommand = 0xEE;
    private const byte WriteProtectionKeysCommand = 0xEF;
    private const byte ClearExceptionsCommand = 0xE2; // DB E2
    private const byte VexPrefix = 0xC5; // the two-byte form
    private const byte VexPlain = 0xF8; // no fourth register bit, no third operand, 128 bits, no 66, F2 or F3
    private const byte ZeroUpperOpcode = 0x77;

    /// <summary><c>cld</c>.</summary>
    internal void ClearDirection() => EncodePlain(X64Opcode.ClearDirection);

    /// <summary><c>std</c>.</summary>
    internal void SetDirection() => EncodePlain(X64Opcode.SetDirection);

    /// <summary><c>pushfq</c>.</summary>
    internal void PushFlags() => EncodePlain(X64Opcode.PushFlags);

    /// <summary><c>popfq</c>.</summary>
    internal void PopFlags() => EncodePlain(X64Opcode.PopFlags);

    /// <summary><c>stmxcsr [r64 + disp]</c>: four bytes.</summary>
    internal void StoreMxcsr(Reg64 at, int offset) =>
        EncodeMemory(X64Opcode.MxcsrControl, OperandWidth.Doubleword, StoreMxcsrDigit, at, offset);

    /// <summary><c>ldmxcsr [r64 + disp]</c>: four bytes.</summary>
    internal void LoadMxcsr(Reg64 at, int offset) =>
        EncodeMemory(X64Opcode.MxcsrControl, OperandWidth.Doubleword, LoadMxcsrDigit, at, offset);

    /// <summary><c>fnstcw [r64 + disp]</c>: two bytes.</summary>
    internal void StoreX87Control(Reg64 at, int offset) =>
        EncodeMemory(X64Opcode.X87Control, OperandWidth.Doubleword, StoreX87ControlDigit, at, offset);

    /// <summary><c>fldcw [r64 + disp]</c>: two bytes.</summary>
    internal void LoadX87Control(Reg64 at, int offset) =>
        EncodeMemory(X64Opcode.X87Control, OperandWidth.Doubleword, LoadX87ControlDigit, at, offset);

    /// <summary><c>fnclex</c>: forgets pending x87 exceptions, which the next x87 instruction would raise.</summary>
    internal void ClearX87Exceptions()
    {
        EncodePlain(X64Opcode.X87Command);
        WriteByte(ClearExceptionsCommand);
    }

    /// <summary><c>emms</c>: leaves MMX state, so that x87 instructions find an empty register stack.</summary>
    internal void EmptyX87() => EncodePlain(X64Opcode.EmptyX87);

    /// <summary><c>vzeroupper</c>. Only where AVX exists.</summary>
    internal void ZeroUpperVectors()
    {
        WriteByte(VexPrefix);
        WriteByte(VexPlain);
        WriteByte(ZeroUpperOpcode);
    }

    /// <summary><c>rdpkru</c>: eax = the thread's protection-key rights, edx = 0. Takes ecx = 0; only where the system uses them (OSPKE).</summary>
    internal void ReadProtectionKeys()
    {
        EncodePlain(X64Opcode.SystemRegister);
        WriteByte(ReadProtectionKeysCommand);
    }

    /// <summary><c>wrpkru</c>: the thread's protection-key rights = eax. Takes ecx = edx = 0; only where the system uses them (OSPKE).</summary>
    internal void WriteProtectionKeys()
    {
        EncodePlain(X64Opcode.SystemRegister);
        WriteByte(WriteProtectionKeysCommand);
    }

    /// <summary><c>rdtsc</c>: edx:eax = the processor's time stamp.</summary>
    internal void ReadTimeStamp() => EncodePlain(X64Opcode.ReadTimeStamp);

    /// <summary>
    /// <c>mov rax, 15; syscall</c>: the return from a signal, in the very bytes by which debuggers and unwinders know a signal frame.
    /// </summary>
    internal void SignalReturn()
    {
        foreach (byte value in SignalReturnBytes)
        {
            WriteByte(value);
        }
    }

    /// <summary><c>rdsspq r64</c>. Leaves the register alone where there is no shadow stack.</summary>
    internal void ReadShadowStackPointer(Reg64 target) =>
        EncodeRegister(
            X64Opcode.ReadShadowStackPointer, OperandWidth.Quadword, ReadShadowStackPointerDigit, Number(target));

    /// <summary><c>incsspq r64</c>: drops as many entries as the register's lowest byte says.</summary>
    internal void IncrementShadowStackPointer(Reg64 count) =>
        EncodeRegister(
            X64Opcode.IncrementShadowStackPointer,
            OperandWidth.Quadword,
            IncrementShadowStackPointerDigit,
            Number(count));
}
