using FluentAssertions;
using TrapRuntime.AotSmoke.Scenarios.Stacks;
using TrapRuntime.Signals;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Calls;

[Collection(StacksCollection.Name)]
public sealed class LandingTests
{
    [Fact]
    public void Stack_comes_back_when_there_is_no_memory_to_describe_the_trap()
    {
        using StackProbe probe = new();
        _ = probe.Touch();
        int before = TrapPath.MaxBacktraceFrames;

        // No array is that long, so that gathering the frames throws what a full heap would.
        TrapPath.MaxBacktraceFrames = int.MaxValue;
        try
        {
            probe.Invoking(guest => guest.Exhaust(GuestStacks.MinSize)).Should().Throw<OutOfMemoryException>();
        }
        finally
        {
            TrapPath.MaxBacktraceFrames = before;
        }

        StackAccount.Balance().Should().Be(StackAccount.Balanced);
        probe.Exhaust(GuestStacks.MinSize).Should().Be(GuestStacks.MinSize);
    }
}
