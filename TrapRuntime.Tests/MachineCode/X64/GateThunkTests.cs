using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms.Linux;
using TrapRuntime.Tests.MachineCode.X64.Running;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

/// <summary>
/// The gate, called as the kernel calls it, with a made-up judge and earlier handler. What it does where the default action
/// must strike ends a process: the crash scenarios show that.
/// </summary>
[Collection(ThunksCollection.Name)]
public sealed unsafe class GateThunkTests : IDisposable
{
    private const int RedZone = 128;
    private const ulong FrameAlignment = 64;
    private const int BufferBytes = 64 * 1024;
    private const int Interrupted = 40_000;

    private readonly Recorder _judge = new();
    private readonly Recorder _earlier = new();
    private readonly FakeSignal _signal = new();
    private readonly GateRecord* _record = (GateRecord*)NativeMemory.AllocZeroed((nuint)sizeof(GateRecord));
    private readonly byte* _otherStack = (byte*)NativeMemory.AllocZeroed(BufferBytes);

    public GateThunkTests()
    {
        _judge.Record->Result = 0;
        _record->Handler = _earlier.Address;
    }

    [Fact]
    public void Judge_is_asked_on_an_aligned_stack_and_its_yes_ends_the_matter()
    {
        _judge.Record->Result = 1;

        Run();

        _judge.General[..3].Should().Equal(_signal.Arguments);
        (_judge.Record->StackPointer % 16).Should().Be(8);
        _earlier.Record->Calls.Should().Be(0);
    }

    [Fact]
    public void Earlier_handler_on_the_signal_stack_gets_the_kernels_very_call()
    {
        _record->Flags = LinuxSignalAction.SA_ONSTACK;

        ulong before = Run();

        _earlier.General[..3].Should().Equal(_signal.Arguments);
        _earlier.Record->StackPointer.Should().Be(before - 8, "the gate has left the stack as it found it");
    }

    [Fact]
    public void Earlier_handler_without_the_flag_runs_on_the_interrupted_stack()
    {
        OnSignalStack();
        _signal.Context->Rsp = (nuint)(_otherStack + Interrupted);

        Run();

        _earlier.General[..3].Should().Equal(_signal.Arguments);
        ulong below = ((ulong)_otherStack + Interrupted - RedZone) / FrameAlignment * FrameAlignment;
        _earlier.Record->StackPointer.Should().Be(below - 8);
    }

    [Fact]
    public void Earlier_handler_stays_where_it_is_when_the_signal_stack_was_interrupted()
    {
        OnSignalStack();
        int here = 0;
        _signal.Context->Rsp = (nuint)(&here);

        ulong before = Run();

        _earlier.Record->StackPointer.Should().Be(before - 8);
    }

    [Fact]
    public void Earlier_handler_stays_where_it_is_when_the_gate_is_on_no_signal_stack()
    {
        _signal.Context->Rsp = (nuint)(_otherStack + Interrupted);

        ulong before = Run();

        _earlier.Record->StackPointer.Should().Be(before - 8);
    }

    [Fact]
    public void One_shot_handler_is_called_once()
    {
        _record->Flags = LinuxSignalAction.SA_ONSTACK | LinuxSignalAction.SA_RESETHAND;

        Run();

        _earlier.Record->Calls.Should().Be(1);
        _record->Handler.Should().Be(LinuxSignalAction.SIG_DFL);
    }

    [Fact]
    public void Sent_signal_that_was_ignored_stays_ignored()
    {
        _record->Handler = LinuxSignalAction.SIG_IGN;
        _signal.Info->si_code = 0;

        Run();

        _earlier.Record->Calls.Should().Be(0);
    }

    public void Dispose()
    {
        _judge.Dispose();
        _earlier.Dispose();
        _signal.Dispose();
        NativeMemory.Free(_record);
        NativeMemory.Free(_otherStack);
    }

    private void OnSignalStack()
    {
        int here = 0;
        _signal.Context->uc_stack.ss_sp = (nuint)(&here) - BufferBytes;
        _signal.Context->uc_stack.ss_size = 2 * BufferBytes;
    }

    // Gives the stack pointer before the call.
    private ulong Run()
    {
        nint gate = ProcessorThunks.Current.CreateGate(ThunkVariant.Facts, ThunkVariant.Thunks with { Judge = _judge.Address }, (nint)_record);
        using Caller kernel = new(gate, _signal.Arguments);
        kernel.RunInPlace();
        kernel.StateShouldBeKept();
        _judge.Record->Calls.Should().Be(1);
        return kernel.Record->StackBefore;
    }
}
