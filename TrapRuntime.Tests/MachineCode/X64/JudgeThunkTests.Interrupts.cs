using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Platforms.Linux;
using TrapRuntime.Tests.MachineCode.X64.Running;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

/// <content>The interrupt signal.</content>
public sealed unsafe partial class JudgeThunkTests
{
    [Theory]
    [InlineData(true, true, true, 1, 1)]
    [InlineData(true, true, false, 1, 0)]
    [InlineData(true, false, true, 0, 0)]
    [InlineData(false, true, true, 0, 0)]
    public void Interrupt_is_ours_by_its_code_and_its_value_and_is_then_never_passed_on(
        bool isOurCode, bool isOurValue, bool isGuest, int expected, int calls)
    {
        using FakeSignal signal = new(ThunkVariant.Facts.InterruptSignal, isOurCode ? LinuxSignalInfo.SI_QUEUE : 0);
        signal.Info->si_value = isOurValue ? (nuint)(nint)ProcessState.Block : 0;
        signal.Context->Rsp = (nuint)(isGuest ? StackTop : Elsewhere);
        signal.Context->Rip = isGuest ? (nuint)_code.Start : 0;

        JudgeUnderAttention(signal).Should().Be(expected);

        _thread->Judging.Should().Be(0);
        _interrupt.Record->Calls.Should().Be(calls);
        if (calls == 1)
        {
            _interrupt.General[..4].Should().Equal([.. signal.Arguments, (ulong)_thread]);
            (_interrupt.Record->StackPointer % 16).Should().Be(8);
        }

        _fault.Record->Calls.Should().Be(0);
    }

    [Fact]
    public void Interrupt_lands_at_the_door_and_neither_before_nor_at_the_exit_label()
    {
        CallsAt(_thunks.EnterWindow - 1).Should().Be(0);
        CallsAt(_thunks.EnterWindow).Should().Be(1);
        CallsAt(_thunks.ExitLabel - 1).Should().Be(1);
        CallsAt(_thunks.ExitLabel).Should().Be(0);
    }

    [Fact]
    public void Interrupt_enters_no_managed_code_from_a_library_on_the_guest_stack() => CallsAt(unchecked((nint)Elsewhere)).Should().Be(0);

    [Fact]
    public void Interrupt_that_nobody_waits_for_enters_no_managed_code()
    {
        using FakeSignal signal = OwnInterrupt(_code.Start);

        Judge(signal).Should().Be(1);

        _interrupt.Record->Calls.Should().Be(0);
    }

    private static FakeSignal OwnInterrupt(nint counter)
    {
        FakeSignal signal = new(ThunkVariant.Facts.InterruptSignal, LinuxSignalInfo.SI_QUEUE);
        signal.Info->si_value = (nuint)(nint)ProcessState.Block;
        signal.Context->Rsp = (nuint)StackTop;
        signal.Context->Rip = (nuint)counter;
        return signal;
    }

    private int CallsAt(nint counter)
    {
        using FakeSignal signal = OwnInterrupt(counter);
        long before = _interrupt.Record->Calls;
        JudgeUnderAttention(signal).Should().Be(1);
        return (int)(_interrupt.Record->Calls - before);
    }

    private int JudgeUnderAttention(FakeSignal signal)
    {
        _thread->Attention++;
        int answer = Judge(signal);
        _thread->Attention--;
        return answer;
    }
}
