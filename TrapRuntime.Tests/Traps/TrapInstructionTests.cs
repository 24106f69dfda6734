using FluentAssertions;
using TrapRuntime.Traps;
using TrapRuntime.Traps.Arm64;
using TrapRuntime.Traps.X64;
using Xunit;

namespace TrapRuntime.Tests.Traps;

public sealed class TrapInstructionTests
{
    public static TheoryData<int, TrapCode> Payloads { get; } = new()
    {
        { 0, TrapCode.StackOverflow },
        { 1, TrapCode.HeapAccessOutOfBounds },
        { 2, TrapCode.HeapMisaligned },
        { 3, TrapCode.TableAccessOutOfBounds },
        { 4, TrapCode.IndirectCallToNull },
        { 5, TrapCode.BadSignature },
        { 6, TrapCode.IntegerOverflow },
        { 7, TrapCode.IntegerDivisionByZero },
        { 8, TrapCode.BadConversionToInteger },
        { 9, TrapCode.UnreachableCodeReached },
        { 10, TrapCode.UnalignedAtomic },
    };

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Ud1_carries_its_payload(int payload, TrapCode code) =>
        TrapInstructionX64.Decode([0x0F, 0xB9, (byte)(0xC0 | payload)]).Should().Be(code);

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Ud1_carries_its_payload_behind_every_rex(int payload, TrapCode code)
    {
        for (byte rex = 0x40; rex <= 0x4F; rex++)
        {
            TrapInstructionX64.Decode([rex, 0x0F, 0xB9, (byte)(0xC0 | payload)]).Should().Be(code);
        }
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Udf_carries_its_payload(int payload, TrapCode code) =>
        TrapInstructionArm64.Decode([(byte)(0xC0 | payload), 0, 0, 0]).Should().Be(code);

    [Fact]
    public void Only_eleven_bytes_carry_a_code()
    {
        int[] carriers = [.. Enumerable.Range(0, 256).Where(static value => TrapInstruction.FromByte((byte)value) != TrapCode.None)];
        carriers.Should().Equal(Enumerable.Range(0xC0, 11));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0x48 })]
    [InlineData(new byte[] { 0x0F })]
    [InlineData(new byte[] { 0x0F, 0xB9 })]
    [InlineData(new byte[] { 0x48, 0x0F, 0xB9 })]
    [InlineData(new byte[] { 0x0F, 0x0B, 0xC0 })]
    [InlineData(new byte[] { 0x66, 0x0F, 0xB9, 0xC0 })]
    [InlineData(new byte[] { 0x48, 0x48, 0x0F, 0xB9, 0xC0 })]
    public void Other_x86_64_bytes_carry_nothing(byte[] instruction) => TrapInstructionX64.Decode(instruction).Should().Be(TrapCode.None);

    [Theory]
    [InlineData(new byte[] { 0xC9, 0, 0 })]
    [InlineData(new byte[] { 0x1F, 0xC1, 0, 0 })]
    [InlineData(new byte[] { 0xC9, 1, 0, 0 })]
    [InlineData(new byte[] { 0xC9, 0, 0, 0xD4 })]
    public void Other_aarch64_words_carry_nothing(byte[] instruction) => TrapInstructionArm64.Decode(instruction).Should().Be(TrapCode.None);
}
