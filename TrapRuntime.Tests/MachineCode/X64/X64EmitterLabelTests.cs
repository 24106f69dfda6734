using FluentAssertions;
using Iced.Intel;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

public sealed class X64EmitterLabelTests
{
    public static TheoryData<string> References { get; } = ["jmp", "call", "lea", .. Operands.Conditions.Select(c => $"j{c.Name}")];

    [Theory]
    [MemberData(nameof(References))]
    public void Forward_reference_lands_on_the_label(string mnemonic)
    {
        X64Emitter emitter = new();
        CodeLabel label = emitter.NewLabel();

        Refer(emitter, mnemonic, label);
        emitter.CpuNop();
        emitter.Bind(label);
        emitter.Return();

        Instruction first = Disassembly.Decode(emitter.Finish())[0];
        Target(first).Should().Be((ulong)emitter.OffsetOf(label));
        MnemonicOf(first).Should().Be(mnemonic);
    }

    [Theory]
    [MemberData(nameof(References))]
    public void Backward_reference_lands_on_the_label(string mnemonic)
    {
        X64Emitter emitter = new();
        CodeLabel label = emitter.NewLabel();

        emitter.CpuNop();
        emitter.Bind(label);
        emitter.Push(0x12345);
        Refer(emitter, mnemonic, label);

        Instruction last = Disassembly.Decode(emitter.Finish())[^1];
        Target(last).Should().Be(1);
        MnemonicOf(last).Should().Be(mnemonic);
    }

    [Fact]
    public void AddressOf_takes_every_register()
    {
        foreach (Reg64 target in Operands.Registers)
        {
            X64Emitter emitter = new();
            CodeLabel label = emitter.NewLabel();
            emitter.AddressOf(target, label);
            emitter.Bind(label);

            Instruction read = Disassembly.Decode(emitter.Finish()).Should().ContainSingle().Which;

            read.Op0Register.Should().Be(Register.RAX + (int)target);
            read.IPRelativeMemoryAddress.Should().Be((ulong)emitter.Position);
        }
    }

    [Fact]
    public void One_label_serves_many_references()
    {
        X64Emitter emitter = new();
        CodeLabel label = emitter.NewLabel();

        emitter.Jump(label);
        emitter.Bind(label);
        emitter.JumpIf(Condition.Equal, label);
        emitter.Call(label);

        Disassembly.Decode(emitter.Finish()).Select(Target).Should().Equal(5, 5, 5);
    }

    [Fact]
    public void Finish_can_be_asked_twice()
    {
        X64Emitter emitter = new();
        CodeLabel label = emitter.NewLabel();
        emitter.Bind(label);
        emitter.Jump(label);

        emitter.Finish().Should().Equal(emitter.Finish());
    }

    [Fact]
    public void Code_outgrows_its_first_allocation()
    {
        const int Instructions = 10_000;
        X64Emitter emitter = new();
        CodeLabel end = emitter.NewLabel();

        emitter.Jump(end);
        for (int i = 0; i < Instructions; i++)
        {
            emitter.Push(Reg64.R9);
        }

        emitter.Bind(end);

        IReadOnlyList<Instruction> read = Disassembly.Decode(emitter.Finish());
        Target(read[0]).Should().Be((ulong)emitter.Position);
        read.Skip(1).Should().HaveCount(Instructions).And.OnlyContain(i => i.Code == Code.Push_r64 && i.Op0Register == Register.R9);
    }

    [Fact]
    public void Align_pads_with_nops_and_only_as_far_as_needed()
    {
        X64Emitter emitter = new();

        emitter.Align(64);
        emitter.Position.Should().Be(0);
        emitter.Return();
        emitter.Align(64);
        emitter.Position.Should().Be(64);
        emitter.Align(64);

        emitter.Position.Should().Be(64);
        Disassembly.Decode(emitter.Finish()).Skip(1).Should().OnlyContain(i => i.Code == Code.Nopd);
    }

    [Fact]
    public void Unbound_label_is_refused_at_the_end()
    {
        X64Emitter emitter = new();
        emitter.Jump(emitter.NewLabel());

        emitter.Invoking(e => e.Finish()).Should().Throw<InvalidOperationException>().WithMessage("*never bound*");
    }

    [Fact]
    public void Offset_of_an_unbound_label_is_refused()
    {
        X64Emitter emitter = new();

        emitter.Invoking(e => e.OffsetOf(e.NewLabel())).Should().Throw<InvalidOperationException>().WithMessage("*never bound*");
    }

    [Fact]
    public void Second_binding_is_refused()
    {
        X64Emitter emitter = new();
        CodeLabel label = emitter.NewLabel();
        emitter.Bind(label);

        emitter.Invoking(e => e.Bind(label)).Should().Throw<InvalidOperationException>().WithMessage("*bound already*");
    }

    [Fact]
    public void Label_of_another_emitter_is_refused_everywhere()
    {
        CodeLabel foreign = new X64Emitter().NewLabel();
        Action<X64Emitter>[] uses =
        [
            e => e.Bind(foreign),
            e => e.OffsetOf(foreign),
            e => e.Jump(foreign),
            e => e.JumpIf(Condition.Above, foreign),
            e => e.Call(foreign),
            e => e.AddressOf(Reg64.Rax, foreign),
        ];

        foreach (Action<X64Emitter> use in uses)
        {
            X64Emitter emitter = new();
            emitter.Invoking(use).Should().Throw<InvalidOperationException>().WithMessage("*another emitter*");
            emitter.Position.Should().Be(0);
        }
    }

    private static void Refer(X64Emitter emitter, string mnemonic, CodeLabel label)
    {
        switch (mnemonic)
        {
            case "jmp":
                emitter.Jump(label);
                break;
            case "call":
                emitter.Call(label);
                break;
            case "lea":
                emitter.AddressOf(Reg64.Rdi, label);
                break;
            default:
                emitter.JumpIf(Operands.Conditions.Single(c => $"j{c.Name}" == mnemonic).Condition, label);
                break;
        }
    }

    private static ulong Target(Instruction instruction) =>
        instruction.IsIPRelativeMemoryOperand ? instruction.IPRelativeMemoryAddress : instruction.NearBranchTarget;

    private static string MnemonicOf(Instruction instruction) => instruction.Mnemonic.ToString().ToLowerInvariant();
}
