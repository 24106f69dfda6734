using FluentAssertions;
using TrapRuntime.MachineCode.X64;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

public sealed class X64EmitterRefusalTests
{
    private const Reg64 NoRegister = (Reg64)16;
    private const Xmm NoVector = (Xmm)16;
    private const Condition NoCondition = (Condition)16;

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(16)]
    public void Scale_other_than_1_2_4_8_is_refused(int scale) =>
        ShouldRefuse(
            "*scaled by 1, 2, 4 or 8*",
            e => e.LoadIndexed(Reg64.Rax, Reg64.Rcx, Reg64.Rdx, scale, 0),
            e => e.StoreIndexed(Reg64.Rcx, Reg64.Rdx, scale, 0, Reg64.Rax),
            e => e.AddressIndexed(Reg64.Rax, Reg64.Rcx, Reg64.Rdx, scale, 0));

    [Fact]
    public void Stack_pointer_as_an_index_is_refused() =>
        ShouldRefuse(
            "*cannot be an index*",
            e => e.LoadIndexed(Reg64.Rax, Reg64.Rcx, Reg64.Rsp, 1, 0),
            e => e.StoreIndexed(Reg64.Rcx, Reg64.Rsp, 1, 0, Reg64.Rax),
            e => e.AddressIndexed(Reg64.Rax, Reg64.Rcx, Reg64.Rsp, 1, 0));

    [Theory]
    [InlineData(16)]
    [InlineData(0xC0)]
    [InlineData(255)]
    public void Payload_beyond_four_bits_is_refused(byte payload) =>
        ShouldRefuse(
            "*four bits*",
            e => e.UndefinedWithPayload(payload),
            e => e.UndefinedWithPayload(payload, rexPrefix: true));

    [Theory]
    [InlineData(64)]
    [InlineData(255)]
    public void Shift_by_the_whole_width_is_refused(byte count) =>
        ShouldRefuse(
            "*shifted by 0 to 63*",
            e => e.ShiftLeft(Reg64.Rax, count),
            e => e.ShiftRight(Reg64.Rax, count));

    [Theory]
    [InlineData(0)]
    [InlineData(-16)]
    [InlineData(48)]
    public void Alignment_that_is_no_power_of_two_is_refused(int boundary) =>
        ShouldRefuse("*power of two*", e => e.Align(boundary));

    [Fact]
    public void Unknown_condition_is_refused() =>
        ShouldRefuse(
            "*no such condition*",
            e => e.JumpIf(NoCondition, e.NewLabel()),
            e => e.MoveIf(NoCondition, Reg64.Rax, Reg64.Rcx));

    [Fact]
    public void Unknown_vector_register_is_refused() =>
        ShouldRefuse(
            "*no such vector register*",
            e => e.LoadDouble(NoVector, Reg64.Rax, 0),
            e => e.StoreDouble(Reg64.Rax, 0, NoVector),
            e => e.LoadSingle(NoVector, Reg64.Rax, 0),
            e => e.StoreSingle(Reg64.Rax, 0, NoVector),
            e => e.LoadVector(NoVector, Reg64.Rax, 0),
            e => e.StoreVector(Reg64.Rax, 0, NoVector),
            e => e.MoveToGeneral(Reg64.Rax, NoVector),
            e => e.MoveFromGeneral(NoVector, Reg64.Rax));

    [Fact]
    public void Unknown_register_is_refused_by_every_method_that_takes_one()
    {
        const string Sentence = "*no such general register*";
        int tried = 0;
        foreach (Action<X64Emitter> use in EmitterMethods.WithOneBadRegister(NoRegister))
        {
            tried++;
            ShouldRefuse(Sentence, use);
        }

        tried.Should().BeGreaterThan(100);
    }

    private static void ShouldRefuse(string sentence, params Action<X64Emitter>[] uses)
    {
        foreach (Action<X64Emitter> use in uses)
        {
            X64Emitter emitter = new();
            emitter.Invoking(use).Should().Throw<ArgumentOutOfRangeException>().WithMessage(sentence);
            emitter.Position.Should().Be(0);
        }
    }
}
