using FluentAssertions;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Tests.Support;
using Xunit;
using static TrapRuntime.Tests.MachineCode.X64.InstructionForm;
using static TrapRuntime.Tests.MachineCode.X64.Operands;

namespace TrapRuntime.Tests.MachineCode.X64;

public sealed class X64EmitterMovesTests
{
    public static TheoryData<ulong, int, string> Constants { get; } = new()
    {
        { 0, 5, "mov eax,0" },
        { 1, 5, "mov eax,1" },
        { int.MaxValue, 5, "mov eax,2147483647" },
        { 0x8000_0000, 5, "mov eax,-2147483648" },
        { uint.MaxValue, 5, "mov eax,-1" },
        { 0x1_0000_0000, 10, "mov rax,4294967296" },
        { ulong.MaxValue, 7, "mov rax,-1" },
        { 0xFFFF_FFFF_8000_0000, 7, "mov rax,-2147483648" },
        { 0xFFFF_FFFF_7FFF_FFFF, 10, "mov rax,-2147483649" },
        { 0x8000_0000_0000_0000, 10, "mov rax,-9223372036854775808" },
    };

    [Fact]
    public void Push_takes_every_register() =>
        ForRegisters(value => (e => e.Push(value), $"push {Name(value)}"));

    [Fact]
    public void Push_takes_a_constant() =>
        ForImmediates((_, immediate) => (e => e.Push(immediate), $"push {immediate}"));

    [Fact]
    public void Pop_takes_every_register() =>
        ForRegisters(target => (e => e.Pop(target), $"pop {Name(target)}"));

    [Fact]
    public void Move_copies_64_bits() =>
        ForPairs((target, source) => (e => e.Move(target, source), $"mov {Name(target)},{Name(source)}"));

    [Fact]
    public void Move32_copies_32_bits() =>
        ForPairs((target, source) => (e => e.Move32(target, source), $"mov {Name32(target)},{Name32(source)}"));

    [Theory]
    [MemberData(nameof(Constants))]
    public void Move_of_a_constant_takes_the_shortest_form(ulong constant, int length, string expected)
    {
        X64Emitter emitter = new();

        emitter.Move(Reg64.Rax, constant);

        emitter.Position.Should().Be(length);
        Disassembly.Print(emitter.Finish()).Should().Be(expected);
    }

    [Fact]
    public void Move_of_an_unsigned_32_bit_constant_reaches_every_register() =>
        ForRegisters(target => (e => e.Move(target, 7UL), $"mov {Name32(target)},7"));

    [Fact]
    public void Move_of_a_negative_constant_reaches_every_register() =>
        ForRegisters(target => (e => e.Move(target, -7), $"mov {Name(target)},-7"));

    [Fact]
    public void Move_of_a_long_constant_reaches_every_register() =>
        ForRegisters(target => (e => e.Move(target, 0x1234_5678_9ABCL), $"mov {Name(target)},20015998343868"));

    [Fact]
    public void Zero_clears_every_register() =>
        ForRegisters(target => (e => e.Zero(target), $"xor {Name32(target)},{Name32(target)}"));

    [Fact]
    public void MoveIf_knows_every_condition()
    {
        foreach ((Condition condition, string name) in Conditions)
        {
            ForPairs((target, source) =>
                (e => e.MoveIf(condition, target, source), $"cmov{name} {Name(target)},{Name(source)}"));
        }
    }

    [Fact]
    public void Exchange_swaps_64_bits() =>
        ForPairs((first, second) => (e => e.Exchange(first, second), $"xchg {Name(first)},{Name(second)}"));

    [Fact]
    public void RepeatMoveBytes_copies_bytes() => ShouldRead(e => e.RepeatMoveBytes(), "rep movsb");
}
