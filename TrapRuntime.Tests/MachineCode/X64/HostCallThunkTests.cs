using FluentAssertions;
using TrapRuntime.Tests.MachineCode.X64.Running;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

[Collection(ThunksCollection.Name)]
public sealed unsafe class HostCallThunkTests
{
    public static TheoryData<int> StackWords => [0, 1, 2, 3, 4, 5, 100, 101];

    [Theory]
    [MemberData(nameof(StackWords))]
    public void Arguments_and_results_cross_both_ways(int stackWords)
    {
        using EnterProbe probe = new();
        using Recorder host = new(stackWords);
        using TestSlot slot = new(ThunkVariant.Thunks.HostCall, host.Address, stackWords);
        using Caller guest = new(ThunkVariant.Thunks.HostCall, r11: slot.Address, stackWords: stackWords);

        guest.RunAsGuest().IsTrap.Should().BeFalse();

        host.Record->Calls.Should().Be(1);
        host.General.Should().Equal(guest.General);
        host.Vector.Should().Equal(Caller.Vectors);
        host.Stack(stackWords).Should().Equal(Caller.StackWords(stackWords));
        guest.CallShouldHaveReturned(host.Record);
        guest.Record->SecondResult.Should().Be(host.Record->SecondResult);
        guest.Record->SecondVectorResult.Should().Be(host.Record->SecondVectorResult);
        probe.HostStateShouldBeIntact();
    }

    [Theory]
    [MemberData(nameof(StackWords))]
    public void Host_function_runs_aligned_on_the_host_stack_in_the_host_mode(int stackWords)
    {
        using EnterProbe probe = new();
        using Recorder host = new(stackWords);
        using TestSlot slot = new(ThunkVariant.Thunks.HostCall, host.Address, stackWords);
        using Caller guest = new(ThunkVariant.Thunks.HostCall, r11: slot.Address, stackWords: stackWords);

        guest.RunAsGuest();

        int here = 0;
        HostSide.ShouldBeTheHosts(host.Record, &here);
    }

    [Theory]
    [MemberData(nameof(StackWords))]
    public void Called_from_the_host_it_runs_in_place(int stackWords)
    {
        TrapHandlers.InitializeCurrentThread();
        using Recorder host = new(stackWords);
        using TestSlot slot = new(ThunkVariant.Thunks.HostCall, host.Address, stackWords);
        using Caller native = new(ThunkVariant.Thunks.HostCall, r11: slot.Address, stackWords: stackWords);

        native.RunInPlace();

        HostSide.ShouldBeInPlace(host, native, stackWords);
    }

    [Fact]
    public void Thread_that_never_entered_a_guest_may_call_it()
    {
        using Recorder host = new();
        using TestSlot slot = new(ThunkVariant.Thunks.HostCall, host.Address, 0);
        using Caller native = new(ThunkVariant.Thunks.HostCall, r11: slot.Address);
        Thread thread = new(native.RunInPlace);

        thread.Start();
        thread.Join();

        HostSide.ShouldBeInPlace(host, native, 0);
    }
}
