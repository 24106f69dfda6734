using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Interop;
using TrapRuntime.MachineCode;
using TrapRuntime.Platforms;
using TrapRuntime.Platforms.Linux;
using TrapRuntime.Tests.MachineCode.X64.Running;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

public sealed unsafe class ThreadEndThunkTests
{
    private const int StackBytes = 64 * 1024;

    private static readonly nint s_thunk = ProcessorThunks.Current.CreateThreadEnd(PlatformSignals.Current.SystemCalls, isLast: true);

    [Fact]
    public void Signal_stack_that_was_there_before_comes_back() => OnThread((block, ours, theirs) =>
    {
        Set(ours);
        block->SignalStack = new StackMapping { Limit = ours };
        *(LinuxSignalStack*)block->PreviousSignalStack = Stack(theirs);

        Run(block);

        Current().ss_sp.Should().Be(theirs);
        Current().ss_size.Should().Be(StackBytes);
        block->Ended.Should().Be(1);
    });

    [Fact]
    public void Thread_that_had_none_has_none_again() => OnThread((block, ours, _) =>
    {
        Set(ours);
        block->SignalStack = new StackMapping { Limit = ours };
        ((LinuxSignalStack*)block->PreviousSignalStack)->ss_flags = LinuxSignalStack.SS_DISABLE;

        Run(block);

        Current().ss_flags.Should().Be(LinuxSignalStack.SS_DISABLE);
        block->Ended.Should().Be(1);
    });

    [Fact]
    public void Signal_stack_that_replaced_ours_stays() => OnThread((block, ours, theirs) =>
    {
        Set(theirs);
        block->SignalStack = new StackMapping { Limit = ours };

        Run(block);

        Current().ss_sp.Should().Be(theirs);
        block->Ended.Should().Be(1);
    });

    [Fact]
    public void Thread_that_kept_its_own_signal_stack_keeps_it() => OnThread((block, _, theirs) =>
    {
        Set(theirs);

        Run(block);

        Current().ss_sp.Should().Be(theirs);
        block->Ended.Should().Be(1);
    });

    // Called with the block's address and two areas for signal stacks, on a thread whose own signal stack is put back.
    private delegate void Scenario(ThreadBlock* block, nuint ours, nuint theirs);

    [SuppressMessage("Design", "CA1031", Justification = "The failure is thrown again on the test's own thread.")]
    private static void OnThread(Scenario scenario)
    {
        Exception? failure = null;
        Thread thread = new(() =>
        {
            ThreadBlock* block = (ThreadBlock*)NativeMemory.AllocZeroed((nuint)sizeof(ThreadBlock));
            byte* areas = (byte*)NativeMemory.AllocZeroed(2 * StackBytes);
            LinuxSignalStack before = Current();
            try
            {
                scenario(block, (nuint)areas, (nuint)areas + StackBytes);
            }
            catch (Exception e)
            {
                failure = e;
            }

            _ = Libc.SigAltStack(&before, null);
            NativeMemory.Free(areas);
            NativeMemory.Free(block);
        });
        thread.Start();
        thread.Join();
        failure.Should().BeNull();
    }

    private static void Run(ThreadBlock* block)
    {
        using Caller caller = new(s_thunk, [(ulong)block]);
        caller.RunInPlace();
        caller.StateShouldBeKept();
    }

    private static LinuxSignalStack Stack(nuint start) => new() { ss_sp = start, ss_size = StackBytes };

    private static void Set(nuint start)
    {
        LinuxSignalStack stack = Stack(start);
        Libc.SigAltStack(&stack, null).Should().Be(0);
    }

    private static LinuxSignalStack Current()
    {
        LinuxSignalStack stack;
        Libc.SigAltStack(null, &stack).Should().Be(0);
        return stack;
    }
}
