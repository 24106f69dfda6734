using FluentAssertions;

namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>What host functions are owed.</summary>
internal static unsafe class HostSide
{
    private const ulong MxcsrControlBits = 0xFFC0;
    private const ulong StackAlignment = 16;
    private const ulong AfterCall = 8;
    private const ulong Nearby = 64 * 1024;

    /// <summary>Asserts that the function ran just below the test's own frame, aligned, under the host's control state.</summary>
    internal static void ShouldBeTheHosts(CallRecord* record, void* frame)
    {
        record->Calls.Should().Be(1);
        (record->StackPointer % StackAlignment).Should().Be(AfterCall);
        record->StackPointer.Should().BeInRange((ulong)frame - Nearby, (ulong)frame);
        (record->Mxcsr & MxcsrControlBits).Should().Be(EnterProbe.HostMxcsr & MxcsrControlBits);
        record->X87.Should().Be(EnterProbe.HostX87);
    }

    /// <summary>Asserts that the call went through as if it had been made directly, but for its place.</summary>
    internal static void ShouldBeInPlace(Recorder host, Caller native, int stackWords)
    {
        host.Record->Calls.Should().Be(1);
        host.General.Should().Equal(native.General);
        host.Vector.Should().Equal(Caller.Vectors);
        host.Stack(stackWords).Should().Equal(Caller.StackWords(stackWords));
        host.Record->Mxcsr.Should().Be(EnterProbe.GuestMxcsr, "the caller's mode is the host's here");
        (host.Record->StackPointer % StackAlignment).Should().Be(AfterCall);
        host.Record->StackPointer.Should().BeInRange(native.Record->StackBefore - Nearby, native.Record->StackBefore);
        native.CallShouldHaveReturned(host.Record);
    }
}
