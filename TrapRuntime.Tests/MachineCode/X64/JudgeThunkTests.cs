using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms.Linux;
using TrapRuntime.Signals;
using TrapRuntime.Tests.MachineCode.X64.Running;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

/// <summary>The judge, called as a gate calls it, with records that a kernel could have made.</summary>
[Collection(ThunksCollection.Name)]
public sealed unsafe partial class JudgeThunkTests : IDisposable
{
    private const ulong GuardStart = 0x10_0000;
    private const ulong StackTop = 0x20_0000;
    private const ulong Elsewhere = 0x90_0000;

    private readonly Recorder _fault = new();
    private readonly Recorder _interrupt = new();
    private readonly Recorder _custom = new();
    private readonly GuestCode _code = GuestCode.Emit([0xC3]);
    private readonly ThreadBlock* _thread;
    private readonly ThunkSet _thunks;
    private Activation _activation;

    public JudgeThunkTests()
    {
        _thread = ThunkVariant.ReadyThread();
        _thunks = ProcessorThunks.Current.Create(ThunkVariant.Facts with { FaultHandler = _fault.Address, InterruptHandler = _interrupt.Address });
        _activation.Stack.Start = (nuint)GuardStart;
        _activation.GuestStackTop = (nuint)StackTop;
        _fault.Record->Result = (ulong)HandlerVerdict.Resume;
        _interrupt.Record->Result = (ulong)HandlerVerdict.Resume;
    }

    [Theory]
    [InlineData(GuardStart - 1, false)]
    [InlineData(GuardStart, true)]
    [InlineData(StackTop - 8, true)]
    [InlineData(StackTop, true)]
    [InlineData(StackTop + 1, false)]
    [InlineData(ulong.MaxValue, false)]
    [InlineData(0UL, false)]
    public void Fault_is_handled_when_the_stack_pointer_is_the_guests(ulong stackPointer, bool isGuest)
    {
        using FakeSignal signal = new();
        signal.Context->Rsp = (nuint)stackPointer;

        Judge(signal).Should().Be(isGuest ? 1 : 0);

        _fault.Record->Calls.Should().Be(isGuest ? 1 : 0);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(4095, true)]
    [InlineData(4096, false)]
    public void Fault_is_handled_when_the_program_counter_is_in_registered_code(int offset, bool isGuest)
    {
        using FakeSignal signal = new();
        signal.Context->Rsp = (nuint)Elsewhere;
        signal.Context->Rip = (nuint)(_code.Start + offset);

        Judge(signal).Should().Be(isGuest ? 1 : 0);
    }

    [Fact]
    public void Handler_gets_the_signal_and_the_thread_on_an_aligned_stack()
    {
        using FakeSignal signal = OnGuestStack();

        Judge(signal);

        _fault.General[..4].Should().Equal([.. signal.Arguments, (ulong)_thread]);
        (_fault.Record->StackPointer % 16).Should().Be(8);
    }

    [Theory]
    [InlineData((int)HandlerVerdict.PassOn, 0)]
    [InlineData((int)HandlerVerdict.Resume, 1)]
    [InlineData((int)HandlerVerdict.Reject, 0)]
    public void Handlers_verdict_is_the_judges(int verdict, int expected)
    {
        using FakeSignal signal = OnGuestStack();
        _fault.Record->Result = (ulong)verdict;
        _thread->MessageLength = 0;

        Judge(signal).Should().Be(expected);
    }

    [Fact]
    public void Fault_inside_a_host_call_is_not_the_guests()
    {
        using FakeSignal signal = OnGuestStack();
        _activation.HostCallFrame = 1;

        Judge(signal).Should().Be(0);

        _fault.Record->Calls.Should().Be(0);
    }

    [Fact]
    public void Fault_while_a_handler_works_is_not_the_guests()
    {
        using FakeSignal signal = OnGuestStack();
        _thread->Handling = 1;

        int answer = Judge(signal);

        _thread->Handling = 0;
        answer.Should().Be(0);
        _fault.Record->Calls.Should().Be(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Handlers_are_done_once_the_judge_has_answered(int customAnswer)
    {
        using FakeSignal signal = OnGuestStack();
        _custom.Record->Result = (ulong)customAnswer;
        _activation.CustomHandler = _custom.Address;

        Judge(signal);

        _thread->Handling.Should().Be(0);
    }

    [Fact]
    public void Thread_without_an_activation_is_let_be()
    {
        using FakeSignal signal = OnGuestStack();

        Call(signal).Should().Be(0);

        _fault.Record->Calls.Should().Be(0);
    }

    [Fact]
    public void Thread_without_a_block_is_let_be()
    {
        using FakeSignal signal = OnGuestStack();
        int answer = -1;
        Thread thread = new(() => answer = Call(signal));

        thread.Start();
        thread.Join();

        answer.Should().Be(0);
        _fault.Record->Calls.Should().Be(0);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    public void Custom_handler_comes_first_and_may_have_the_last_word(int answer, int handled)
    {
        using FakeSignal signal = OnGuestStack();
        _custom.Record->Result = (ulong)answer;
        _activation.CustomHandler = _custom.Address;

        Judge(signal).Should().Be(1);

        _custom.Record->Calls.Should().Be(1);
        (_custom.Record->StackPointer % 16).Should().Be(8);
        _fault.Record->Calls.Should().Be(handled);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(LinuxSignalInfo.SI_KERNEL, 1)]
    [InlineData(0, 0)]
    [InlineData(-6, 0)]
    public void Safe_copys_access_is_forgiven_unless_somebody_sent_the_signal(int code, int expected)
    {
        using FakeSignal signal = new(LinuxSignals.SIGSEGV, code);
        nint access = SafeCopyAccess();
        signal.Context->Rip = (nuint)access;
        signal.Context->Rsp = (nuint)Elsewhere;

        Call(signal).Should().Be(expected);

        (signal.Context->Rip == (nuint)access).Should().Be(expected == 0);
    }

    [Fact]
    public void Callee_saved_registers_come_back()
    {
        using FakeSignal signal = OnGuestStack();
        using Caller gate = new(_thunks.Judge, signal.Arguments);

        gate.RunInPlace();

        gate.StateShouldBeKept();
    }

    [Fact]
    public void Thread_is_marked_while_its_signal_is_judged()
    {
        X64Emitter e = new();
        e.Load(Reg64.Rax, Reg64.R15, ThreadOffsets.Judging);
        e.Return();
        using GuestCode mark = GuestCode.Emit(e.Finish());
        _activation.CustomHandler = mark.Start;

        using (FakeSignal signal = OnGuestStack())
        {
            Judge(signal).Should().Be(1);
        }

        _fault.Record->Calls.Should().Be(0, "the handler's answer, which is the mark, was 1");
        _thread->Judging.Should().Be(0);
    }

    [Theory]
    [InlineData((int)HandlerVerdict.Resume)]
    [InlineData((int)HandlerVerdict.PassOn)]
    [InlineData((int)HandlerVerdict.Reject)]
    public void Mark_is_gone_with_every_verdict(int verdict)
    {
        _fault.Record->Result = (ulong)verdict;
        using FakeSignal signal = OnGuestStack();

        _ = Judge(signal);
        using FakeSignal elsewhere = new();
        elsewhere.Context->Rsp = (nuint)Elsewhere;
        _ = Judge(elsewhere);
        _ = Call(elsewhere);

        _thread->Judging.Should().Be(0);
    }

    public void Dispose()
    {
        _code.Dispose();
        _fault.Dispose();
        _interrupt.Dispose();
        _custom.Dispose();
    }

    private static FakeSignal OnGuestStack()
    {
        FakeSignal signal = new();
        signal.Context->Rsp = (nuint)StackTop;
        return signal;
    }

    // With the activation as the thread's innermost one.
    private int Judge(FakeSignal signal)
    {
        fixed (Activation* activation = &_activation)
        {
            _thread->Innermost = activation;
            int answer = Call(signal);
            _thread->Innermost = null;
            return answer;
        }
    }

    private int Call(FakeSignal signal) =>
        ((delegate* unmanaged<int, void*, void*, int>)_thunks.Judge)(signal.Number, signal.Info, signal.Context);

    private nint SafeCopyAccess()
    {
        X64Emitter e = new();
        ThunkLabels labels = X64Thunks.Emit(e, ThunkVariant.Facts);
        return _thunks.SafeCopy + e.OffsetOf(labels.SafeCopyAccess) - e.OffsetOf(labels.SafeCopy);
    }
}
