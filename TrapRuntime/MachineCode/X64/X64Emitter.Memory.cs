namespace TrapRuntime.MachineCode.X64;

/// <summary>Loads, stores and addresses.</summary>
internal sealed partial class X64Emitter
{
    private const byte FsPrefix = 0x64;

    /// <summary><c>mov r64, [r64 + disp]</c>.</summary>
    internal void Load(Reg64 target, Reg64 at, int offset) =>
        EncodeMemory(X64Opcode.Load, OperandWidth.Quadword, Number(target), at, offset);

    /// <summary><c>mov r32, [r64 + disp]</c>: zero-extends.</summary>
    internal void Load32(Reg64 target, Reg64 at, int offset) =>
        EncodeMemory(X64Opcode.Load, OperandWidth.Doubleword, Number(target), at, offset);

    /// <summary><c>movsxd r64, dword [r64 + disp]</c>: sign-extends.</summary>
    internal void LoadSigned32(Reg64 target, Reg64 at, int offset) =>
        EncodeMemory(X64Opcode.MoveSignedDoubleword, OperandWidth.Quadword, Number(target), at, offset);

    /// <summary><c>movzx r32, word [r64 + disp]</c>: zero-extends.</summary>
    internal void Load16(Reg64 target, Reg64 at, int offset) =>
        EncodeMemory(X64Opcode.LoadZeroExtendedWord, OperandWidth.Doubleword, Number(target), at, offset);

    /// <summary><c>movzx r32, byte [r64 + disp]</c>: zero-extends.</summary>
    internal void Load8(Reg64 target, Reg64 at, int offset) =>
        EncodeMemory(X64Opcode.LoadZeroExtendedByte, OperandWidth.Doubleword, Number(target), at, offset);

    /// <summary><c>mov r64, [r64 + r64 * scale + disp]</c>, scale 1, 2, 4 or 8.</summary>
    internal void LoadIndexed(Reg64 target, Reg64 at, Reg64 index, int scale, int offset) =>
        EncodeIndexed(X64Opcode.Load, OperandWidth.Quadword, Number(target), at, index, scale, offset);

    /// <summary><c>mov [r64 + disp], r64</c>.</summary>
    internal void Store(Reg64 at, int offset, Reg64 value) =>
        EncodeMemory(X64Opcode.Store, OperandWidth.Quadword, Number(value), at, offset);

    /// <summary><c>mov [r64 + disp], r32</c>.</summary>
    internal void Store32(Reg64 at, int offset, Reg64 value) =>
        EncodeMemory(X64Opcode.Store, OperandWidth.Doubleword, Number(value), at, offset);

    /// <summary><c>mov [r64 + disp], r8</c>, the lowest byte of any register.</summary>
    internal void Store8(Reg64 at, int offset, Reg64 value) =>
        EncodeMemory(X64Opcode.StoreByte, OperandWidth.Byte, Number(value), at, offset);

    /// <summary><c>mov qword [r64 + disp], imm32</c>: sign-extends.</summary>
    internal void StoreImmediate(Reg64 at, int offset, int immediate)
    {
        EncodeMemory(X64Opcode.MoveSignedImmediate32, OperandWidth.Quadword, register: 0, at, offset);
        WriteInt32(immediate);
    }

    /// <summary><c>mov dword [r64 + disp], imm32</c>.</summary>
    internal void StoreImmediate32(Reg64 at, int offset, int immediate)
    {
        EncodeMemory(X64Opcode.MoveSignedImmediate32, OperandWidth.Doubleword, register: 0, at, offset);
        WriteInt32(immediate);
    }

    /// <summary><c>mov [r64 + r64 * scale + disp], r64</c>, scale 1, 2, 4 or 8.</summary>
    internal void StoreIndexed(Reg64 at, Reg64 index, int scale, int offset, Reg64 value) =>
        EncodeIndexed(X64Opcode.Store, OperandWidth.Quadword, Number(value), at, index, scale, offset);

    /// <summary><c>mov r64, fs:[disp32]</c>: a word at a distance from the thread pointer.</summary>
    internal void LoadThreadPointerRelative(Reg64 target, int offset) =>
        EncodeThreadPointerRelative(X64Opcode.Load, Number(target), offset);

    /// <summary><c>mov fs:[disp32], r64</c>.</summary>
    internal void StoreThreadPointerRelative(int offset, Reg64 value) =>
        EncodeThreadPointerRelative(X64Opcode.Store, Number(value), offset);

    /// <summary><c>lea r64, [r64 + disp]</c>. Keeps the flags.</summary>
    internal void Address(Reg64 target, Reg64 at, int offset) =>
        EncodeMemory(X64Opcode.Address, OperandWidth.Quadword, Number(target), at, offset);

    /// <summary><c>lea r64, [r64 + r64 * scale + disp]</c>, scale 1, 2, 4 or 8. Keeps the flags.</summary>
    internal void AddressIndexed(Reg64 target, Reg64 at, Reg64 index, int scale, int offset) =>
        EncodeIndexed(X64Opcode.Address, OperandWidth.Quadword, Number(target), at, index, scale, offset);

    /// <summary><c>lea r64, [rip + disp32]</c>: the address of a label.</summary>
    internal void AddressOf(Reg64 target, CodeLabel label)
    {
        int number = Number(target);
        RequireOwn(label);
        WriteOpcode(X64Opcode.Address, OperandWidth.Quadword, number, index: 0, operand: 0);
        WriteModRm(NoOffset, number, NoBase);
        WriteReference(label);
    }

    // Neither base nor index: ModRM alone would mean rip-relative, so the SIB form it is.
    private void EncodeThreadPointerRelative(X64Opcode opcode, int register, int offset)
    {
        WriteByte(FsPrefix);
        WriteOpcode(opcode, OperandWidth.Quadword, register, index: 0, operand: 0);
        WriteModRm(NoOffset, register, SibFollows);
        WriteModRm(0, NoIndex, NoBase);
        WriteInt32(offset);
    }
}
