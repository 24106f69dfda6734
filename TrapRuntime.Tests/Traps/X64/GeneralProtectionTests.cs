using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Traps.X64;
using Xunit;

namespace TrapRuntime.Tests.Traps.X64;

public sealed unsafe class GeneralProtectionTests
{
    private const int Rax = 0;

    [Theory]
    [InlineData("4889EC", "mov rsp, rbp")]
    [InlineData("55", "push rbp")]
    [InlineData("4883EC40", "sub rsp, 64")]
    [InlineData("E800000000", "call")]
    [InlineData("EBFE", "jmp")]
    [InlineData("90", "nop")]
    public void Instruction_without_operand_in_memory_cannot_raise_it(string code, string name) =>
        CanRaise(code, 0).Should().BeFalse(name);

    [Theory]
    [InlineData("C3", "ret")]
    [InlineData("C9", "leave")]
    [InlineData("F4", "hlt")]
    [InlineData("FFE0", "jmp rax")]
    [InlineData("EC", "in al, dx")]
    [InlineData("0F01F8", "swapgs")]
    [InlineData("0F2800", "movaps xmm0, [rax]")]
    [InlineData("64488B00", "mov rax, fs:[rax]")]
    [InlineData("62F17C481000", "vmovups zmm0, [rax]")]
    public void Instruction_that_might_raise_it_is_not_ruled_out(string code, string name) =>
        CanRaise(code, 0x1000).Should().BeTrue(name);

    [Theory]
    [InlineData(0x1000, false)]
    [InlineData(unchecked((long)0x8080_0000_0000_0000), true)]
    public void Plain_access_raises_it_only_at_a_non_canonical_address(long address, bool expected) =>
        CanRaise("488B00", address).Should().Be(expected);

    private static bool CanRaise(string code, long rax)
    {
        TrapCapture capture = default;
        capture.General[Rax] = (ulong)rax;
        return GeneralProtection.CanBeRaisedBy(Convert.FromHexString(code), capture);
    }
}
