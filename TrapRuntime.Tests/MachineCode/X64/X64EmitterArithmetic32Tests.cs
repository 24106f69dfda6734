using TrapRuntime.MachineCode.X64;
using Xunit;
using static TrapRuntime.Tests.MachineCode.X64.InstructionForm;
using static TrapRuntime.Tests.MachineCode.X64.Operands;

namespace TrapRuntime.Tests.MachineCode.X64;

public sealed class X64EmitterArithmetic32Tests
{
    [Fact]
    public void And32_takes_two_registers() =>
        ForPairs((target, source) => (e => e.And32(target, source), $"and {Name32(target)},{Name32(source)}"));

    [Fact]
    public void And32_takes_a_constant() =>
        ForImmediates((target, immediate) => (e => e.And32(target, immediate), $"and {Name32(target)},{immediate}"));

    [Fact]
    public void Or32_takes_two_registers() =>
        ForPairs((target, source) => (e => e.Or32(target, source), $"or {Name32(target)},{Name32(source)}"));

    [Fact]
    public void Or32_takes_a_constant() =>
        ForImmediates((target, immediate) => (e => e.Or32(target, immediate), $"or {Name32(target)},{immediate}"));

    [Fact]
    public void Xor32_takes_two_registers() =>
        ForPairs((target, source) => (e => e.Xor32(target, source), $"xor {Name32(target)},{Name32(source)}"));

    [Fact]
    public void Xor32_takes_a_constant() =>
        ForImmediates((target, immediate) => (e => e.Xor32(target, immediate), $"xor {Name32(target)},{immediate}"));

    [Fact]
    public void Xor32_takes_memory() =>
        ForMemory((Reg64 target, Reg64 at, int offset) =>
            (e => e.Xor32(target, at, offset), $"xor {Name32(target)},dword {Memory(at, offset)}"));

    [Fact]
    public void Compare32_takes_two_registers() =>
        ForPairs((value, other) => (e => e.Compare32(value, other), $"cmp {Name32(value)},{Name32(other)}"));

    [Fact]
    public void Compare32_takes_a_constant() =>
        ForImmediates((value, immediate) => (e => e.Compare32(value, immediate), $"cmp {Name32(value)},{immediate}"));

    [Fact]
    public void Compare32_takes_memory() =>
        ForMemory((Reg64 value, Reg64 at, int offset) =>
            (e => e.Compare32(value, at, offset), $"cmp {Name32(value)},dword {Memory(at, offset)}"));

    [Fact]
    public void Test32_takes_two_registers() =>
        ForPairs((value, other) => (e => e.Test32(value, other), $"test {Name32(value)},{Name32(other)}"));

    [Fact]
    public void Test32_takes_a_constant() =>
        ForImmediates((value, immediate) => (e => e.Test32(value, immediate), $"test {Name32(value)},{immediate}"));
}
