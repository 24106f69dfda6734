using FluentAssertions;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Tests.Support;
using Xunit;
using static TrapRuntime.Tests.MachineCode.X64.InstructionForm;
using static TrapRuntime.Tests.MachineCode.X64.Operands;

namespace TrapRuntime.Tests.MachineCode.X64;

public sealed class X64EmitterControlTests
{
    [Fact]
    public void Jump_takes_every_register() =>
        ForRegisters(to => (e => e.Jump(to), $"jmp {Name(to)}"));

    [Fact]
    public void JumpMemory_reads_its_target() =>
        ForMemory((at, offset) => (e => e.JumpMemory(at, offset), $"jmp qword {Memory(at, offset)}"));

    [Fact]
    public void Call_takes_every_register() =>
        ForRegisters(to => (e => e.Call(to), $"call {Name(to)}"));

    [Fact]
    public void CallMemory_reads_its_target() =>
        ForMemory((at, offset) => (e => e.CallMemory(at, offset), $"call qword {Memory(at, offset)}"));

    [Fact]
    public void Return_is_near() => ShouldRead(e => e.Return(), "ret");

    [Fact]
    public void SystemCall_enters_the_kernel() => ShouldRead(e => e.SystemCall(), "syscall");

    [Fact]
    public void Idle_instructions_have_their_names()
    {
        ShouldRead(e => e.CpuNop(), "nop");
        ShouldRead(e => e.Pause(), "pause");
    }

    [Fact]
    public void BranchTarget_marks_a_landing_place() => ShouldRead(e => e.BranchTarget(), "endbr64");

    [Fact]
    public void UndefinedInstruction_has_no_operands() => ShouldRead(e => e.UndefinedInstruction(), "ud2");

    [Fact]
    public void UndefinedWithPayload_carries_the_code_in_its_last_byte()
    {
        for (byte payload = 0; payload <= 15; payload++)
        {
            X64Emitter emitter = new();

            emitter.UndefinedWithPayload(payload);

            emitter.Finish().Should().Equal(0x0F, 0xB9, (byte)(0xC0 | payload));
            Disassembly.Print(emitter.Finish()).Should().StartWith("ud1 ");
        }
    }

    [Fact]
    public void UndefinedWithPayload_can_have_an_idle_prefix()
    {
        X64Emitter emitter = new();

        emitter.UndefinedWithPayload(payload: 9, rexPrefix: true);

        emitter.Finish().Should().Equal(0x40, 0x0F, 0xB9, 0xC9);
        Disassembly.Print(emitter.Finish()).Should().Be("ud1 ecx,ecx");
    }
}
