using FluentAssertions;
using TrapRuntime.Tests.MachineCode.X64.Running;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

[Collection(ThunksCollection.Name)]
public sealed unsafe class NativeOnHostStackThunkTests
{
    private const ulong Argument = 0xA26;

    [Fact]
    public void Function_of_the_guests_choice_runs_on_the_host_stack()
    {
        using EnterProbe probe = new();
        using Recorder host = new();
        using Caller guest = new(ThunkVariant.Thunks.NativeOnHostStack, [(ulong)host.Address, Argument]);
        int here = 0;

        guest.RunAsGuest().IsTrap.Should().BeFalse();

        host.General[0].Should().Be(Argument);
        HostSide.ShouldBeTheHosts(host.Record, &here);
        guest.CallShouldHaveReturned(host.Record);
        probe.HostStateShouldBeIntact();
    }

    [Fact]
    public void Called_from_the_host_it_runs_in_place()
    {
        TrapHandlers.InitializeCurrentThread();
        using Recorder host = new();
        using Caller native = new(ThunkVariant.Thunks.NativeOnHostStack, [(ulong)host.Address, Argument]);

        native.RunInPlace();

        host.General[0].Should().Be(Argument);
        host.Record->Mxcsr.Should().Be(EnterProbe.GuestMxcsr);
        (host.Record->StackPointer % 16).Should().Be(8);
        native.CallShouldHaveReturned(host.Record);
    }
}
