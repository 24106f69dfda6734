using FluentAssertions;
using TrapRuntime.MachineCode.Arm64;
using Xunit;
using static TrapRuntime.Tests.MachineCode.Arm64.Arm64InstructionForm;
using static TrapRuntime.Tests.MachineCode.Arm64.Arm64Operands;

namespace TrapRuntime.Tests.MachineCode.Arm64;

public sealed class Arm64EmitterMemoryTests
{
    private static readonly int[] s_wordOffsets = [0, 8, 128, 32760];
    private static readonly int[] s_pairOffsets = [0, 16, -16, -512, 504];

    [Fact]
    public void Load_and_store_move_64_bits()
    {
        ShouldRead(
            from value in Values
            from at in Bases
            from offset in s_wordOffsets
            select ((Action<Arm64Emitter>)(e => e.Load(value, at, offset)), $"ldr {Name(value)}, {Memory(at, offset)}"));
        ShouldRead(
            from value in Values
            from at in Bases
            from offset in s_wordOffsets
            select ((Action<Arm64Emitter>)(e => e.Store(at, offset, value)), $"str {Name(value)}, {Memory(at, offset)}"));
    }

    [Fact]
    public void General_pairs_are_loaded_and_stored() =>
        ShouldRead(
            from first in Values
            from at in Bases
            from offset in s_pairOffsets
            let second = first == RegX.X29 ? RegX.X30 : RegX.X29
            let registers = $"{Name(first)}, {Name(second)}, {Memory(at, offset)}"
            from form in new (Action<Arm64Emitter>, string)[]
            {
                (e => e.StorePair(at, offset, first, second), $"stp {registers}"),
                (e => e.LoadPair(first, second, at, offset), $"ldp {registers}"),
            }
            select form);

    [Fact]
    public void Vector_pairs_are_loaded_and_stored() =>
        ShouldRead(
            from first in Vectors
            from at in Bases
            from offset in s_pairOffsets
            let second = first == RegD.D31 ? RegD.D8 : RegD.D31
            let registers = $"{Name(first)}, {Name(second)}, {Memory(at, offset)}"
            from form in new (Action<Arm64Emitter>, string)[]
            {
                (e => e.StorePair(at, offset, first, second), $"stp {registers}"),
                (e => e.LoadPair(first, second, at, offset), $"ldp {registers}"),
            }
            select form);

    [Fact]
    public void Pushed_and_popped_pairs_move_the_base() =>
        ShouldRead(
        [
            (e => e.PushPair(RegX.Sp, -16, RegX.X29, RegX.X30), "stp x29, x30, [sp, #-16]!"),
            (e => e.PushPair(RegX.X9, -512, RegX.X0, RegX.Zero), "stp x0, xzr, [x9, #-512]!"),
            (e => e.PushPair(RegX.Sp, -160, RegD.D8, RegD.D9), "stp d8, d9, [sp, #-160]!"),
            (e => e.PopPair(RegX.X29, RegX.X30, RegX.Sp, 16), "ldp x29, x30, [sp], #16"),
            (e => e.PopPair(RegX.X0, RegX.X1, RegX.X9, 504), "ldp x0, x1, [x9], #504"),
            (e => e.PopPair(RegD.D14, RegD.D15, RegX.Sp, 160), "ldp d14, d15, [sp], #160"),
        ]);

    [Theory]
    [InlineData(4)]
    [InlineData(-8)]
    [InlineData(32768)]
    public void Word_out_of_reach_is_refused(int offset) =>
        ShouldRefuse("*multiple of 8 from 0 to 32760*", e => e.Load(RegX.X0, RegX.Sp, offset), e => e.Store(RegX.Sp, offset, RegX.X0));

    [Theory]
    [InlineData(4)]
    [InlineData(-520)]
    [InlineData(512)]
    public void Pair_out_of_reach_is_refused(int offset) =>
        ShouldRefuse(
            "*multiple of 8 from -512 to 504*",
            e => e.StorePair(RegX.Sp, offset, RegX.X0, RegX.X1),
            e => e.LoadPair(RegX.X0, RegX.X1, RegX.Sp, offset),
            e => e.PushPair(RegX.Sp, offset, RegD.D0, RegD.D1),
            e => e.PopPair(RegD.D0, RegD.D1, RegX.Sp, offset));

    [Fact]
    public void Pair_loaded_into_one_register_is_refused() =>
        ShouldRefuse(
            "*two different registers*",
            e => e.LoadPair(RegX.X3, RegX.X3, RegX.Sp, 0),
            e => e.LoadPair(RegD.D3, RegD.D3, RegX.Sp, 0),
            e => e.PopPair(RegX.X3, RegX.X3, RegX.Sp, 16),
            e => e.PopPair(RegD.D3, RegD.D3, RegX.Sp, 16));

    [Fact]
    public void Moving_base_inside_the_pair_is_refused() =>
        ShouldRefuse(
            "*cannot be one of the pair*",
            e => e.PushPair(RegX.X3, -16, RegX.X3, RegX.X4),
            e => e.PushPair(RegX.X3, -16, RegX.X4, RegX.X3),
            e => e.PopPair(RegX.X3, RegX.X4, RegX.X3, 16));

    [Fact]
    public void Register_that_the_field_cannot_name_is_refused()
    {
        ShouldRefuse("*or the stack pointer*", e => e.Load(RegX.X0, RegX.Zero, 0), e => e.StorePair(RegX.Zero, 0, RegX.X0, RegX.X1));
        ShouldRefuse("*or the zero register*", e => e.Load(RegX.Sp, RegX.X0, 0), e => e.StorePair(RegX.X0, 0, RegX.X0, RegX.Sp));
        ShouldRefuse("*no such vector register*", e => e.StorePair(RegX.Sp, 0, RegD.D0, (RegD)32));
    }

    private static void ShouldRefuse(string sentence, params Action<Arm64Emitter>[] uses)
    {
        foreach (Action<Arm64Emitter> use in uses)
        {
            Arm64Emitter emitter = new();
            emitter.Invoking(use).Should().Throw<ArgumentOutOfRangeException>().WithMessage(sentence);
            emitter.Position.Should().Be(0);
        }
    }
}
