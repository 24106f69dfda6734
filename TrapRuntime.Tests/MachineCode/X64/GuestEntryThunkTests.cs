using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.Calls;
using TrapRuntime.MachineCode;
using TrapRuntime.Tests.MachineCode.X64.Running;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

[Collection(ThunksCollection.Name)]
public sealed unsafe class GuestEntryThunkTests
{
    private const ulong VectorRegisters = 8;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(101)]
    public void Guest_finds_every_argument_and_its_answer_comes_back(int stackWords)
    {
        using EnterProbe probe = new();
        using Recorder guest = new(stackWords, isGuest: true);
        CallRegisters registers = Registers(guest.Address);
        ulong[] stack = Caller.StackWords(stackWords);
        fixed (ulong* words = stack)
        {
            registers.StackArguments = words;
            registers.StackWords = stackWords;

            Run(&registers, null).IsTrap.Should().BeFalse();
        }

        guest.General.Should().Equal(Enumerable.Range(0, CallRecord.Generals).Select(i => Caller.FirstGeneral + (ulong)i));
        guest.Vector.Should().Equal(Caller.Vectors);
        guest.Stack(stackWords).Should().Equal(stack);
        guest.Record->Rax.Should().Be(VectorRegisters, "a variadic function looks there");
        (guest.Record->StackPointer % 16).Should().Be(8);
        registers.GeneralResult.Should().Be(guest.Record->Result);
        registers.VectorResult.Should().Be(guest.Record->VectorResult);
        probe.HostStateShouldBeIntact();
    }

    [Theory]
    [InlineData(1100)]
    [InlineData(8_000)]
    [InlineData(20_000)]
    [InlineData(2_000_000)]
    public void More_arguments_than_the_stack_holds_overflow_it(int stackWords)
    {
        ThunkVariant.ReadyThread();
        using Recorder guest = new(0, isGuest: true);
        CallRegisters registers = Registers(guest.Address);
        ulong* words = (ulong*)NativeMemory.AllocZeroed((nuint)stackWords, sizeof(ulong));
        registers.StackArguments = words;
        registers.StackWords = stackWords;

        TrapResult result = Run(&registers, new VMConfig { StackSize = GuestStacks.MinSize });

        NativeMemory.Free(words);
        result.Trap!.Code.Should().Be(TrapCode.StackOverflow);
        guest.Record->Calls.Should().Be(0);
    }

    private static TrapResult Run(CallRegisters* registers, VMConfig? config) =>
        GuestRun.Enter(ThunkVariant.Thunks.GuestEntry, (nuint)registers->Target, registers, config, 0, null);

    private static CallRegisters Registers(nint target)
    {
        CallRegisters registers = default;
        for (int i = 0; i < CallRecord.Generals; i++)
        {
            registers.General[i] = Caller.FirstGeneral + (ulong)i;
        }

        for (int i = 0; i < CallRecord.Vectors; i++)
        {
            registers.Vector[i] = Caller.Vectors[i];
        }

        registers.Target = target;
        return registers;
    }
}
