using FluentAssertions;
using TrapRuntime.MachineCode.X64;
using Xunit;
using static TrapRuntime.Tests.MachineCode.X64.InstructionForm;
using static TrapRuntime.Tests.MachineCode.X64.Operands;

namespace TrapRuntime.Tests.MachineCode.X64;

public sealed class X64EmitterArithmeticTests
{
    [Fact]
    public void Add_takes_two_registers() =>
        ForPairs((target, source) => (e => e.Add(target, source), $"add {Name(target)},{Name(source)}"));

    [Fact]
    public void Add_takes_a_constant() =>
        ForImmediates((target, immediate) => (e => e.Add(target, immediate), $"add {Name(target)},{immediate}"));

    [Fact]
    public void Subtract_takes_two_registers() =>
        ForPairs((target, source) => (e => e.Subtract(target, source), $"sub {Name(target)},{Name(source)}"));

    [Fact]
    public void Subtract_takes_a_constant() =>
        ForImmediates((target, immediate) => (e => e.Subtract(target, immediate), $"sub {Name(target)},{immediate}"));

    [Fact]
    public void And_takes_two_registers() =>
        ForPairs((target, source) => (e => e.And(target, source), $"and {Name(target)},{Name(source)}"));

    [Fact]
    public void And_takes_a_constant() =>
        ForImmediates((target, immediate) => (e => e.And(target, immediate), $"and {Name(target)},{immediate}"));

    [Fact]
    public void Or_takes_two_registers() =>
        ForPairs((target, source) => (e => e.Or(target, source), $"or {Name(target)},{Name(source)}"));

    [Fact]
    public void Or_takes_a_constant() =>
        ForImmediates((target, immediate) => (e => e.Or(target, immediate), $"or {Name(target)},{immediate}"));

    [Fact]
    public void Xor_takes_two_registers() =>
        ForPairs((target, source) => (e => e.Xor(target, source), $"xor {Name(target)},{Name(source)}"));

    [Fact]
    public void Compare_takes_two_registers() =>
        ForPairs((value, other) => (e => e.Compare(value, other), $"cmp {Name(value)},{Name(other)}"));

    [Fact]
    public void Compare_takes_a_constant() =>
        ForImmediates((value, immediate) => (e => e.Compare(value, immediate), $"cmp {Name(value)},{immediate}"));

    [Fact]
    public void Test_takes_two_registers() =>
        ForPairs((value, other) => (e => e.Test(value, other), $"test {Name(value)},{Name(other)}"));

    [Fact]
    public void Negate_takes_every_register() =>
        ForRegisters(target => (e => e.Negate(target), $"neg {Name(target)}"));

    [Fact]
    public void Shifts_take_every_count()
    {
        for (int count = 0; count < 64; count++)
        {
            byte by = (byte)count;
            ForRegisters(target => (e => e.ShiftLeft(target, by), $"shl {Name(target)},{by}"));
            ForRegisters(target => (e => e.ShiftRight(target, by), $"shr {Name(target)},{by}"));
        }
    }

    [Theory]
    [InlineData(-129, 7)]
    [InlineData(-128, 4)]
    [InlineData(127, 4)]
    [InlineData(128, 7)]
    public void Constants_that_fit_take_one_byte(int immediate, int length)
    {
        X64Emitter emitter = new();

        emitter.Add(Reg64.R12, immediate);

        emitter.Position.Should().Be(length);
    }
}
