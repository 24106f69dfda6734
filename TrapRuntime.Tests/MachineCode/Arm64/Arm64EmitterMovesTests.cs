using FluentAssertions;
using TrapRuntime.MachineCode.Arm64;
using TrapRuntime.Tests.Support;
using Xunit;
using static TrapRuntime.Tests.MachineCode.Arm64.Arm64InstructionForm;
using static TrapRuntime.Tests.MachineCode.Arm64.Arm64Operands;

namespace TrapRuntime.Tests.MachineCode.Arm64;

public sealed class Arm64EmitterMovesTests
{
    [Fact]
    public void Move_copies_between_values() =>
        ShouldRead(
            from target in Values
            from source in Values
            select ((Action<Arm64Emitter>)(e => e.Move(target, source)), $"mov {Name(target)}, {Name(source)}"));

    [Fact]
    public void Move_reads_and_writes_the_stack_pointer() =>
        ShouldRead(
            from other in Bases
            from form in new (Action<Arm64Emitter>, string)[]
            {
                (e => e.Move(other, RegX.Sp), $"mov {Name(other)}, sp"),
                (e => e.Move(RegX.Sp, other), $"mov sp, {Name(other)}"),
            }
            select form);

    [Fact]
    public void Wide_moves_reach_every_part() =>
        ShouldRead(
            from target in Values
            from form in new (Action<Arm64Emitter>, string)[]
            {
                (e => e.MoveKept(target, 0xABCD), $"movk {Name(target)}, #43981"),
                (e => e.MoveKept(target, 1, shift: 16), $"movk {Name(target)}, #1, lsl #16"),
                (e => e.MoveKept(target, 2, shift: 32), $"movk {Name(target)}, #2, lsl #32"),
                (e => e.MoveKept(target, 0xFFFF, shift: 48), $"movk {Name(target)}, #65535, lsl #48"),
                (e => e.MoveZeroed(target, 7), $"mov {Name(target)}, #7"),
                (e => e.MoveZeroed(target, 7, shift: 32), $"mov {Name(target)}, #30064771072"),
            }
            select form);

    [Fact]
    public void Constant_takes_one_instruction_per_part_that_is_not_zero()
    {
        Arm64Emitter emitter = new();

        emitter.Move(RegX.X16, 0x1234_0000_5678_9ABC);

        Arm64Disassembly.Print(emitter.Finish()).Should().Equal(
            "mov x16, #39612", "movk x16, #22136, lsl #16", "movk x16, #4660, lsl #48");
    }

    [Fact]
    public void Sums_take_twelve_bits_and_a_shift() =>
        ShouldRead(
            from target in Bases
            from source in Bases
            from form in new (Action<Arm64Emitter>, string)[]
            {
                (e => e.Add(target, source, 16), $"add {Name(target)}, {Name(source)}, #16"),
                (e => e.Add(target, source, 4095), $"add {Name(target)}, {Name(source)}, #4095"),
                (e => e.Subtract(target, source, 16), $"sub {Name(target)}, {Name(source)}, #16"),
                (e => e.Subtract(target, source, 4095 << 12), $"sub {Name(target)}, {Name(source)}, #4095, lsl #12"),
                (e => e.Subtract(target, source, 4096), $"sub {Name(target)}, {Name(source)}, #1, lsl #12"),
            }
            select form);

    [Theory]
    [InlineData(-1)]
    [InlineData(4097)]
    [InlineData(4096 << 12)]
    public void Constant_of_more_bits_is_refused(int immediate)
    {
        new Arm64Emitter().Invoking(e => e.Add(RegX.X0, RegX.X0, immediate)).Should().Throw<ArgumentOutOfRangeException>();
        new Arm64Emitter().Invoking(e => e.Subtract(RegX.X0, RegX.X0, immediate)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(-16)]
    [InlineData(8)]
    [InlineData(64)]
    public void Shift_that_is_no_part_is_refused(int shift)
    {
        new Arm64Emitter().Invoking(e => e.MoveZeroed(RegX.X0, 1, shift)).Should().Throw<ArgumentOutOfRangeException>();
        new Arm64Emitter().Invoking(e => e.MoveKept(RegX.X0, 1, shift)).Should().Throw<ArgumentOutOfRangeException>();
    }
}
