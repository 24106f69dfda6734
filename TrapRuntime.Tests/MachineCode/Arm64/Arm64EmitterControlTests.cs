using FluentAssertions;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.Arm64;
using TrapRuntime.Tests.Support;
using Xunit;
using static TrapRuntime.Tests.MachineCode.Arm64.Arm64InstructionForm;
using static TrapRuntime.Tests.MachineCode.Arm64.Arm64Operands;

namespace TrapRuntime.Tests.MachineCode.Arm64;

public sealed class Arm64EmitterControlTests
{
    [Fact]
    public void Register_branches_take_every_register() =>
        ShouldRead(
            from to in Values
            from form in new (Action<Arm64Emitter>, string)[]
            {
                (e => e.Jump(to), $"br {Name(to)}"),
                (e => e.Call(to), $"blr {Name(to)}"),
                (e => e.Return(to), to == RegX.X30 ? "ret" : $"ret {Name(to)}"),
            }
            select form);

    [Fact]
    public void System_instructions_have_their_names() =>
        ShouldRead(
            from register in Values
            from form in new (Action<Arm64Emitter>, string)[]
            {
                (e => e.ReadFloatingPointControl(register), $"mrs {Name(register)}, FPCR"),
                (e => e.WriteFloatingPointControl(register), $"msr FPCR, {Name(register)}"),
                (e => e.SystemCall(), "svc #0"),
                (e => e.SystemCall(0xFFFF), "svc #0xffff"),
                (e => e.UndefinedWithPayload(0xC9), "udf #201"),
                (e => e.UndefinedWithPayload(0xFFFF), "udf #65535"),
                (e => e.CpuNop(), "nop"),
            }
            select form);

    [Fact]
    public void References_know_the_distance_both_ways()
    {
        Arm64Emitter emitter = new();
        CodeLabel start = emitter.NewLabel();
        CodeLabel end = emitter.NewLabel();

        emitter.Bind(start);
        emitter.Jump(end);
        emitter.Call(start);
        emitter.JumpIfZero(RegX.X9, end);
        emitter.JumpIfNotZero(RegX.X30, start);
        emitter.AddressOf(RegX.X17, end);
        emitter.AddressOf(RegX.X1, start);
        emitter.Bind(end);

        Arm64Disassembly.Print(emitter.Finish()).Should().Equal(
            "b #24", "bl #-4", "cbz x9, #16", "cbnz x30, #-12", "adr x17, #8", "adr x1, #-20");
    }

    [Fact]
    public void JumpIf_knows_every_condition()
    {
        foreach ((Condition condition, string name) in Conditions)
        {
            Arm64Emitter emitter = new();
            CodeLabel start = emitter.NewLabel();
            emitter.CpuNop();
            emitter.Bind(start);
            emitter.CpuNop();
            emitter.JumpIf(condition, start);

            Arm64Disassembly.Print(emitter.Finish())[^1].Should().Be($"b.{name} #-4");
        }
    }

    [Fact]
    public void Unknown_condition_is_refused() =>
        new Arm64Emitter().Invoking(e => e.JumpIf((Condition)14, e.NewLabel())).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void Label_out_of_reach_is_refused_at_the_end()
    {
        const int Reach = 1 << 20;
        Arm64Emitter emitter = new();
        CodeLabel far = emitter.NewLabel();
        emitter.JumpIfZero(RegX.X0, far);
        while (emitter.Position < Reach)
        {
            emitter.CpuNop();
        }

        emitter.Bind(far);

        emitter.Invoking(e => e.Finish()).Should().Throw<InvalidOperationException>().WithMessage("*out of reach*");
    }

    [Fact]
    public void Align_pads_with_whole_instructions()
    {
        Arm64Emitter emitter = new();
        emitter.Return();
        emitter.Align(16);

        Arm64Disassembly.Print(emitter.Finish()).Should().Equal("ret", "nop", "nop", "nop");
    }
}
