namespace TrapRuntime.MachineCode.X64;

/// <summary>Moves of floating-point numbers and whole vector registers.</summary>
internal sealed partial class X64Emitter
{
    /// <summary><c>movsd xmm, qword [r64 + disp]</c>: clears the rest of the register.</summary>
    internal void LoadDouble(Xmm target, Reg64 at, int offset) => MoveVector(X64Opcode.LoadDouble, target, at, offset);

    /// <summary><c>movsd qword [r64 + disp], xmm</c>.</summary>
    internal void StoreDouble(Reg64 at, int offset, Xmm value) => MoveVector(X64Opcode.StoreDouble, value, at, offset);

    /// <summary><c>movss xmm, dword [r64 + disp]</c>: clears the rest of the register.</summary>
    internal void LoadSingle(Xmm target, Reg64 at, int offset) => MoveVector(X64Opcode.LoadSingle, target, at, offset);

    /// <summary><c>movss dword [r64 + disp], xmm</c>.</summary>
    internal void StoreSingle(Reg64 at, int offset, Xmm value) => MoveVector(X64Opcode.StoreSingle, value, at, offset);

    /// <summary><c>movups xmm, [r64 + disp]</c>: 16 bytes, aligned or not.</summary>
    internal void LoadVector(Xmm target, Reg64 at, int offset) => MoveVector(X64Opcode.LoadVector, target, at, offset);

    /// <summary><c>movups [r64 + disp], xmm</c>: 16 bytes, aligned or not.</summary>
    internal void StoreVector(Reg64 at, int offset, Xmm value) => MoveVector(X64Opcode.StoreVector, value, at, offset);

    /// <summary><c>movq r64, xmm</c>.</summary>
    internal void MoveToGeneral(Reg64 target, Xmm source) =>
        EncodeRegister(X64Opcode.MoveToGeneral, OperandWidth.Quadword, Number(source), Number(target));

    /// <summary><c>movq xmm, r64</c>: clears the upper half of the register.</summary>
    internal void MoveFromGeneral(Xmm target, Reg64 source) =>
        EncodeRegister(X64Opcode.MoveFromGeneral, OperandWidth.Quadword, Number(target), Number(source));

    private void MoveVector(X64Opcode opcode, Xmm vector, Reg64 at, int offset) =>
        EncodeMemory(opcode, OperandWidth.Doubleword, Number(vector), at, offset);
}
