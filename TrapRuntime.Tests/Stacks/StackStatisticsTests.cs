using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Stacks;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Stacks;

[Collection(StacksCollection.Name)]
public sealed class StackStatisticsTests : IDisposable
{
    private const int Size = 1024 * 1024;

    private readonly CleanStacks _stacks = new();
    private readonly TestThread _thread = new();
    private readonly StackStatistics _before = StackStatistics.Take();

    public void Dispose()
    {
        _thread.Dispose();
        _stacks.Dispose();
    }

    [Fact]
    public void Running_call_is_in_use()
    {
        StackMapping stack = _thread.Acquire(Size);
        StackStatistics during = StackStatistics.Take();
        _thread.Release(stack);

        during.InUse.Should().Be(_before.InUse + 1);
        during.BytesMapped.Should().Be(_before.BytesMapped + Size + GuardedStack.DefaultGuardSize);
    }

    [Fact]
    public void Ended_call_leaves_its_stack_cached()
    {
        _thread.Release(_thread.Acquire(Size));

        StackStatistics after = StackStatistics.Take();
        after.InUse.Should().Be(_before.InUse);
        after.Cached.Should().Be(_before.Cached + 1);
    }

    [Fact]
    public void Nested_call_leaves_its_stack_pooled()
    {
        StackMapping outer = _thread.Acquire(Size);
        _thread.Release(_thread.Acquire(Size));
        _thread.Release(outer);

        StackStatistics after = StackStatistics.Take();
        after.Pooled.Should().Be(_before.Pooled + 1);
        after.PeakMapped.Should().BeGreaterThanOrEqualTo(_before.Mapped + 2);
    }

    [Fact]
    public void Requests_are_counted_by_the_level_that_served_them()
    {
        StackMapping outer = _thread.Acquire(Size);
        StackMapping inner = _thread.Acquire(Size);
        _thread.Release(inner);
        _thread.Release(outer);
        outer = _thread.Acquire(Size);
        inner = _thread.Acquire(Size);
        _thread.Release(inner);
        _thread.Release(outer);

        StackStatistics after = StackStatistics.Take();
        (after.FreshMappings - _before.FreshMappings).Should().Be(2);
        (after.SlotHits - _before.SlotHits).Should().Be(1);
        (after.PoolHits - _before.PoolHits).Should().Be(1);
    }

    [Fact]
    public void Hits_of_an_ended_thread_stay_counted()
    {
        _thread.Release(_thread.Acquire(Size));
        _thread.Release(_thread.Acquire(Size));
        _thread.Dispose();

        StackStatistics.Take().SlotHits.Should().Be(_before.SlotHits + 1);
    }
}
