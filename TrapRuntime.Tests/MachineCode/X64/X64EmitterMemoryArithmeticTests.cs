using TrapRuntime.MachineCode.X64;
using Xunit;
using static TrapRuntime.Tests.MachineCode.X64.InstructionForm;
using static TrapRuntime.Tests.MachineCode.X64.Operands;

namespace TrapRuntime.Tests.MachineCode.X64;

public sealed class X64EmitterMemoryArithmeticTests
{
    [Fact]
    public void Compare_of_a_register_reads_memory() =>
        ForMemory((Reg64 value, Reg64 at, int offset) =>
            (e => e.Compare(value, at, offset), $"cmp {Name(value)},qword {Memory(at, offset)}"));

    [Fact]
    public void CompareMemory_takes_a_register() =>
        ForMemory((Reg64 value, Reg64 at, int offset) =>
            (e => e.CompareMemory(at, offset, value), $"cmp qword {Memory(at, offset)},{Name(value)}"));

    [Fact]
    public void CompareMemory_takes_a_constant() =>
        ForMemoryImmediates((at, offset, immediate) =>
            (e => e.CompareMemory(at, offset, immediate), $"cmp qword {Memory(at, offset)},{immediate}"));

    [Fact]
    public void CompareMemory32_takes_a_constant() =>
        ForMemoryImmediates((at, offset, immediate) =>
            (e => e.CompareMemory32(at, offset, immediate), $"cmp dword {Memory(at, offset)},{immediate}"));

    [Fact]
    public void OrMemory32_takes_a_constant() =>
        ForMemoryImmediates((at, offset, immediate) =>
            (e => e.OrMemory32(at, offset, immediate), $"or dword {Memory(at, offset)},{immediate}"));

    [Fact]
    public void AddMemory_takes_a_constant() =>
        ForMemoryImmediates((at, offset, immediate) =>
            (e => e.AddMemory(at, offset, immediate), $"add qword {Memory(at, offset)},{immediate}"));

    [Fact]
    public void TestMemory32_takes_a_constant() =>
        ForMemoryImmediates((at, offset, immediate) =>
            (e => e.TestMemory32(at, offset, immediate), $"test dword {Memory(at, offset)},{immediate}"));
}
