using FluentAssertions;
using Iced.Intel;
using TrapRuntime.Activations;
using TrapRuntime.Traps.X64;
using Xunit;
using MemoryOperand = TrapRuntime.Traps.X64.MemoryOperand;

namespace TrapRuntime.Tests.Traps.X64;

public sealed class MemoryOperandTests
{
    private static readonly nuint s_counter = unchecked((nuint)0x7000_1234_5000);
    private const int Rounds = 400_000;

    /// <summary>Random bytes are mostly valid instructions. Where an address is claimed it must be the decoder's; common loads and stores must be claimed.</summary>
    [Fact]
    public void Address_is_the_one_an_independent_decoder_computes()
    {
        Random random = new(20_261_123);
        byte[] code = new byte[InstructionHead.MaxLength];
        int claimed = 0;
        for (int round = 0; round < Rounds; round++)
        {
            random.NextBytes(code);
            if (random.Next(3) == 0)
            {
                code[0] = (byte)(0x40 | random.Next(16));
            }
            else if (random.Next(6) == 0)
            {
                code[0] = 0x0F;
            }

            TrapCapture capture = Registers.Random(random, s_counter);
            Instruction instruction = Decoder.Create(64, code, s_counter).Decode();
            bool isClaimed = MemoryOperand.TryGetAddress(code, capture, out nuint address);
            if (instruction.IsInvalid)
            {
                // Never executed, so it cannot fault on memory.
                continue;
            }

            if (isClaimed)
            {
                claimed++;
                Candidates(instruction, capture).Should().Contain(address, "{0} ({1}) accesses it", instruction, Convert.ToHexString(code));
            }
            else
            {
                IsCommonAccess(instruction).Should().BeFalse("{0} ({1}) gave no address", instruction, Convert.ToHexString(code));
            }
        }

        claimed.Should().BeGreaterThan(Rounds / 10);
    }

    [Theory]
    [InlineData(0x0000_0000_0000_0000UL, false)]
    [InlineData(0x0000_7fff_ffff_ffffUL, false)]
    [InlineData(0x0000_8000_0000_0000UL, true)]
    [InlineData(0xffff_7fff_ffff_ffffUL, true)]
    [InlineData(0xffff_8000_0000_0000UL, false)]
    [InlineData(0xdead_beef_dead_beefUL, true)]
    public void Canonical_addresses_repeat_their_highest_bit(ulong address, bool isNonCanonical) =>
        MemoryOperand.IsNonCanonical((nuint)address).Should().Be(isNonCanonical);

    [Fact]
    public void Every_prefix_of_an_instruction_is_read_within_its_bytes()
    {
        byte[] whole = [0x66, 0x42, 0xC7, 0x84, 0x8B, 0x78, 0x56, 0x34, 0x12, 0xCD, 0xAB];
        for (int length = 0; length < 9; length++)
        {
            MemoryOperand.TryGetAddress(whole.AsSpan(0, length), new TrapCapture(), out _).Should().BeFalse();
        }
    }

    private static IEnumerable<nuint> Candidates(Instruction instruction, TrapCapture capture)
    {
        for (int operand = 0; operand < instruction.OpCount; operand++)
        {
            OpKind kind = instruction.GetOpKind(operand);
            if (kind is OpKind.Memory or (>= OpKind.MemorySegSI and <= OpKind.MemoryESRDI))
            {
                yield return (nuint)Registers.AddressOf(instruction, capture, operand)!.Value;
            }
        }
    }

    private static bool IsCommonAccess(in Instruction instruction)
    {
        bool hasMemory = instruction.Op0Kind == OpKind.Memory || (instruction.OpCount > 1 && instruction.Op1Kind == OpKind.Memory)
            || (instruction.OpCount > 2 && instruction.Op2Kind == OpKind.Memory);
        return hasMemory && instruction.SegmentPrefix is not (Register.FS or Register.GS)
            && instruction.Encoding is EncodingKind.Legacy or EncodingKind.VEX
            && !instruction.IsVsib
            && !NeverAccesses(instruction.Mnemonic)
            && instruction.Code.CpuidFeatures().All(static feature => feature is CpuidFeature.INTEL8086 or CpuidFeature.INTEL386
                or CpuidFeature.X64 or CpuidFeature.SSE or CpuidFeature.SSE2 or CpuidFeature.AVX or CpuidFeature.AVX2 or CpuidFeature.CMOV
                or CpuidFeature.SSSE3 or CpuidFeature.SSE4_1 or CpuidFeature.FPU);
    }

    private static bool NeverAccesses(Mnemonic mnemonic) => mnemonic is Mnemonic.Lea or Mnemonic.Nop or Mnemonic.Ud0 or Mnemonic.Ud1
        or Mnemonic.Prefetcht0 or Mnemonic.Prefetcht1 or Mnemonic.Prefetcht2 or Mnemonic.Prefetchnta or Mnemonic.Prefetchw or Mnemonic.Prefetch
        or Mnemonic.Reservednop;
}
