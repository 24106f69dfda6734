using FluentAssertions;
using Iced.Intel;
using TrapRuntime.Activations;
using TrapRuntime.Traps;
using TrapRuntime.Traps.X64;
using Xunit;

namespace TrapRuntime.Tests.Traps.X64;

public sealed class DivideInstructionTests
{
    private static readonly nuint s_counter = unchecked((nuint)0x7000_1234_5000);
    private const int Rounds = 300_000;

    /// <summary>Random prefixes and operand bytes around the divide opcodes: the decoder says what they are, the registers what they divide by.</summary>
    [Fact]
    public void Divisor_is_the_one_an_independent_decoder_finds()
    {
        Random random = new(20_261_122);
        int known = 0;
        byte[] code = new byte[InstructionHead.MaxLength];
        for (int round = 0; round < Rounds; round++)
        {
            Compose(random, code);
            TrapCapture capture = Registers.Random(random, s_counter);
            Decoder decoder = Decoder.Create(64, code, s_counter);
            Instruction instruction = decoder.Decode();

            EchoReader reader = default;
            Divisor divisor = DivideInstruction.Examine(code, capture, reader);

            Divisor expected = Expect(instruction, capture);
            divisor.Should().Be(expected, "{0} ({1}) divides so", instruction, Convert.ToHexString(code));
            known += divisor == Divisor.Unknown ? 0 : 1;
        }

        known.Should().BeGreaterThan(Rounds / 10);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0xF7 })]
    [InlineData(new byte[] { 0x48, 0xF7 })]
    [InlineData(new byte[] { 0xF7, 0xB8, 0, 0, 0 })]
    [InlineData(new byte[] { 0xF7, 0x3C })]
    [InlineData(new byte[] { 0x48, 0x01, 0xD8 })]
    [InlineData(new byte[] { 0xF7, 0xE8 })]
    [InlineData(new byte[] { 0x64, 0xF7, 0x38 })]
    [InlineData(new byte[] { 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66 })]
    public void What_is_no_whole_division_is_unknown(byte[] code) =>
        DivideInstruction.Examine(code, new TrapCapture { ProgramCounter = s_counter }, default(EchoReader)).Should().Be(Divisor.Unknown);

    [Fact]
    public void Divisor_that_cannot_be_read_is_unknown() =>
        DivideInstruction.Examine([0xF7, 0x38], new TrapCapture(), default(BlindReader)).Should().Be(Divisor.Unknown);

    private static void Compose(Random random, byte[] code)
    {
        random.NextBytes(code);
        int at = 0;
        byte[] prefixes = [0x66, 0x67, 0x2E, 0x3E, 0xF2, 0xF3, 0x64, 0x65];
        for (int count = random.Next(3); count > 0; count--)
        {
            code[at++] = random.Next(4) == 0 ? (byte)(0x40 | random.Next(16)) : prefixes[random.Next(prefixes.Length)];
        }

        if (random.Next(2) == 0)
        {
            code[at++] = (byte)(0x40 | random.Next(16));
        }

        code[at++] = (byte)(0xF6 | random.Next(2));
        code[at] |= random.Next(4) == 0 ? (byte)0 : (byte)0x30;
    }

    private static Divisor Expect(in Instruction instruction, TrapCapture capture)
    {
        if (instruction.Mnemonic is not (Mnemonic.Div or Mnemonic.Idiv) || instruction.SegmentPrefix is Register.FS or Register.GS)
        {
            return Divisor.Unknown;
        }

        ulong divisor;
        if (instruction.Op0Kind == OpKind.Register)
        {
            divisor = Registers.Read(capture, instruction.Op0Register);
        }
        else
        {
            Span<byte> value = stackalloc byte[sizeof(ulong)];
            value.Clear();
            int size = instruction.MemorySize.GetSize();
            EchoReader reader = default;
            reader.TryRead((nuint)Registers.AddressOf(instruction, capture, 0)!.Value, value[..size]).Should().BeTrue();
            divisor = BitConverter.ToUInt64(value);
        }

        return divisor == 0 ? Divisor.Zero : Divisor.NonZero;
    }

    // A memory whose contents depend on the whole address and on nothing else, zero one time in four.
    private struct EchoReader : IGuestReader
    {
        public readonly bool TryRead(nuint address, Span<byte> destination)
        {
            ulong mixed = unchecked(address * 0x9E37_79B9_7F4A_7C15);
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = mixed >> 62 == 0 ? (byte)0 : unchecked((byte)(mixed >> (i * 7)));
            }

            return true;
        }
    }

    private struct BlindReader : IGuestReader
    {
        public readonly bool TryRead(nuint address, Span<byte> destination) => false;
    }
}
