using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.MachineCode;
using TrapRuntime.Tests.MachineCode.X64.Running;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

[Collection(ThunksCollection.Name)]
public sealed unsafe class HostCallbackThunkTests
{
    private const ulong GeneralAnswer = 0xA115_3E2A;
    private const ulong VectorAnswer = 0x4045_0000_0000_0000;

    private static CallRegisters s_registers;
    private static ulong[] s_stackWords = [];
    private static nint s_slot;

    public static TheoryData<int> StackWords => [0, 1, 2, 5, 100];

    private static nint Dispatcher => (nint)(delegate* unmanaged<HostSlot*, CallRegisters*, void>)&Dispatch;

    [Theory]
    [MemberData(nameof(StackWords))]
    public void Dispatcher_finds_every_argument_and_its_answer_comes_back(int stackWords)
    {
        using EnterProbe probe = new();
        using TestSlot slot = new(ThunkVariant.Thunks.HostCallback, Dispatcher, stackWords);
        using Caller guest = new(ThunkVariant.Thunks.HostCallback, r11: slot.Address, stackWords: stackWords);

        guest.RunAsGuest().IsTrap.Should().BeFalse();

        ArgumentsShouldBeThere(guest, slot, stackWords);
        probe.HostStateShouldBeIntact();
    }

    [Theory]
    [MemberData(nameof(StackWords))]
    public void Called_from_the_host_it_runs_in_place(int stackWords)
    {
        TrapHandlers.InitializeCurrentThread();
        using TestSlot slot = new(ThunkVariant.Thunks.HostCallback, Dispatcher, stackWords);
        using Caller native = new(ThunkVariant.Thunks.HostCallback, r11: slot.Address, stackWords: stackWords);

        native.RunInPlace();

        ArgumentsShouldBeThere(native, slot, stackWords);
    }

    [Fact]
    public void Dispatcher_runs_aligned_on_the_host_stack_in_the_host_mode()
    {
        using EnterProbe probe = new();
        using Recorder host = new();
        using TestSlot slot = new(ThunkVariant.Thunks.HostCallback, host.Address, 0);
        using Caller guest = new(ThunkVariant.Thunks.HostCallback, r11: slot.Address);
        int here = 0;

        guest.RunAsGuest().IsTrap.Should().BeFalse();

        HostSide.ShouldBeTheHosts(host.Record, &here);
        host.General[0].Should().Be((ulong)slot.Address);
        guest.StateShouldBeKept();
        probe.HostStateShouldBeIntact();
    }

    private static void ArgumentsShouldBeThere(Caller caller, TestSlot slot, int stackWords)
    {
        s_slot.Should().Be(slot.Address);
        fixed (CallRegisters* registers = &s_registers)
        {
            new ReadOnlySpan<ulong>(registers->General, CallRecord.Generals).ToArray().Should().Equal(caller.General);
            new ReadOnlySpan<ulong>(registers->Vector, CallRecord.Vectors).ToArray().Should().Equal(Caller.Vectors);
        }

        s_stackWords.Should().Equal(Caller.StackWords(stackWords));
        caller.Record->Result.Should().Be(GeneralAnswer);
        caller.Record->VectorResult.Should().Be(VectorAnswer);
        caller.StateShouldBeKept();
    }

    [UnmanagedCallersOnly]
    private static void Dispatch(HostSlot* slot, CallRegisters* registers)
    {
        s_slot = (nint)slot;
        s_registers = *registers;
        s_stackWords = new ReadOnlySpan<ulong>(registers->StackArguments, (int)slot->StackWords).ToArray();
        registers->GeneralResult = GeneralAnswer;
        registers->VectorResult = VectorAnswer;
    }
}
