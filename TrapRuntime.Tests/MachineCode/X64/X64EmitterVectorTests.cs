using TrapRuntime.MachineCode.X64;
using Xunit;
using static TrapRuntime.Tests.MachineCode.X64.InstructionForm;
using static TrapRuntime.Tests.MachineCode.X64.Operands;

namespace TrapRuntime.Tests.MachineCode.X64;

public sealed class X64EmitterVectorTests
{
    [Fact]
    public void Doubles_are_loaded_and_stored()
    {
        ForMemory((Xmm target, Reg64 at, int offset) =>
            (e => e.LoadDouble(target, at, offset), $"movsd {Name(target)},qword {Memory(at, offset)}"));
        ForMemory((Xmm value, Reg64 at, int offset) =>
            (e => e.StoreDouble(at, offset, value), $"movsd qword {Memory(at, offset)},{Name(value)}"));
    }

    [Fact]
    public void Singles_are_loaded_and_stored()
    {
        ForMemory((Xmm target, Reg64 at, int offset) =>
            (e => e.LoadSingle(target, at, offset), $"movss {Name(target)},dword {Memory(at, offset)}"));
        ForMemory((Xmm value, Reg64 at, int offset) =>
            (e => e.StoreSingle(at, offset, value), $"movss dword {Memory(at, offset)},{Name(value)}"));
    }

    [Fact]
    public void Vectors_are_loaded_and_stored_unaligned()
    {
        ForMemory((Xmm target, Reg64 at, int offset) =>
            (e => e.LoadVector(target, at, offset), $"movups {Name(target)},oword {Memory(at, offset)}"));
        ForMemory((Xmm value, Reg64 at, int offset) =>
            (e => e.StoreVector(at, offset, value), $"movups oword {Memory(at, offset)},{Name(value)}"));
    }

    [Fact]
    public void Vector_and_general_registers_exchange_64_bits()
    {
        foreach (Xmm vector in Vectors)
        {
            ForRegisters(target => (e => e.MoveToGeneral(target, vector), $"movq {Name(target)},{Name(vector)}"));
            ForRegisters(source => (e => e.MoveFromGeneral(vector, source), $"movq {Name(vector)},{Name(source)}"));
        }
    }
}
