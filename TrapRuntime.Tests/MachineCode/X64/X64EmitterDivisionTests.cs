using Xunit;
using static TrapRuntime.Tests.MachineCode.X64.InstructionForm;
using static TrapRuntime.Tests.MachineCode.X64.Operands;

namespace TrapRuntime.Tests.MachineCode.X64;

public sealed class X64EmitterDivisionTests
{
    [Fact]
    public void Sign_extension_comes_in_two_widths()
    {
        ShouldRead(e => e.SignExtendAccumulator32(), "cdq");
        ShouldRead(e => e.SignExtendAccumulator64(), "cqo");
    }

    [Fact]
    public void Signed_division_takes_every_register()
    {
        ForRegisters(divisor => (e => e.DivideSigned32(divisor), $"idiv {Name32(divisor)}"));
        ForRegisters(divisor => (e => e.DivideSigned64(divisor), $"idiv {Name(divisor)}"));
    }

    [Fact]
    public void Unsigned_division_takes_every_register()
    {
        ForRegisters(divisor => (e => e.DivideUnsigned32(divisor), $"div {Name32(divisor)}"));
        ForRegisters(divisor => (e => e.DivideUnsigned64(divisor), $"div {Name(divisor)}"));
    }

    [Fact]
    public void Signed_division_takes_memory() =>
        ForMemory((at, offset) => (e => e.DivideSigned32Memory(at, offset), $"idiv dword {Memory(at, offset)}"));

    [Fact]
    public void Signed_wide_division_takes_memory() =>
        ForMemory((at, offset) => (e => e.DivideSigned64Memory(at, offset), $"idiv qword {Memory(at, offset)}"));
}
