using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Stacks;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Stacks;

[Collection(StacksCollection.Name)]
public sealed class StackCacheTests : IDisposable
{
    private const int Small = 512 * 1024;
    private const int Default = 1024 * 1024;
    private const int Large = 4 * 1024 * 1024;

    private readonly CleanStacks _stacks = new();
    private readonly TestThread _thread = new();

    public void Dispose()
    {
        _thread.Dispose();
        _stacks.Dispose();
    }

    [Fact]
    public void Fresh_stack_is_mapped_when_slot_and_pool_are_empty()
    {
        long fresh = StackCounters.Fresh;

        StackMapping stack = _thread.Acquire(Default);

        stack.UsableSize.Should().Be(Default);
        StackCounters.Fresh.Should().Be(fresh + 1);
        _thread.Release(stack);
    }

    [Fact]
    public void Slot_comes_before_the_pool()
    {
        StackMapping slot = _thread.Acquire(Default);
        StackMapping pooled = _thread.Acquire(Default);
        StackPool.Shared.TryPut(pooled, 0).Should().BeTrue();
        _thread.Release(slot);

        _thread.Acquire(Default).Should().Be(slot);

        StackPool.Shared.Count().Should().Be(1);
        _thread.Release(slot);
    }

    [Fact]
    public void Pool_comes_before_a_fresh_mapping()
    {
        StackMapping pooled = _thread.Acquire(Default);
        StackPool.Shared.TryPut(pooled, 0).Should().BeTrue();
        long fresh = StackCounters.Fresh;

        _thread.Acquire(Default).Should().Be(pooled);

        StackCounters.Fresh.Should().Be(fresh);
        StackPool.Shared.Count().Should().Be(0);
        _thread.Release(pooled);
    }

    [Fact]
    public void Undersized_stack_leaves_the_slot_for_the_pool()
    {
        StackMapping small = _thread.Acquire(Small);
        _thread.Release(small);

        StackMapping large = _thread.Acquire(Large);

        large.UsableSize.Should().Be(Large);
        _thread.Slot.IsPresent.Should().BeFalse();
        StackPool.Shared.TryTake(Small, 0, out StackMapping pooled).Should().BeTrue();
        pooled.Should().Be(small);
        _thread.Release(pooled);
        _thread.Release(large);
    }

    [Fact]
    public void Undersized_stack_in_the_pool_does_not_serve()
    {
        StackMapping small = _thread.Acquire(Small);
        StackPool.Shared.TryPut(small, 0).Should().BeTrue();

        StackMapping stack = _thread.Acquire(Default);

        stack.UsableSize.Should().BeGreaterThanOrEqualTo(Default);
        StackPool.Shared.Count().Should().Be(1);
        _thread.Release(stack);
    }

    [Fact]
    public void Guard_does_not_make_a_stack_large_enough()
    {
        // Upstream compared mapped sizes, so a stack short by its guard passed.
        StackMapping stack = _thread.Acquire(Default);
        _thread.Release(stack);

        StackMapping larger = _thread.Acquire(Default + (nuint)Environment.SystemPageSize);

        larger.UsableSize.Should().BeGreaterThan(Default);
        larger.Start.Should().NotBe(stack.Start);
        _thread.Release(larger);
    }

    [Fact]
    public void Largest_stack_does_not_serve_the_smallest_request()
    {
        StackMapping largest = _thread.Acquire(GuestStacks.MaxSize);
        _thread.Release(largest);

        StackMapping small = _thread.Acquire(GuestStacks.MinSize);

        small.UsableSize.Should().Be(GuestStacks.MinSize);
        _thread.Release(small);
    }

    [Fact]
    public void Mixed_small_and_default_requests_stay_in_the_slot()
    {
        StackMapping stack = _thread.Acquire(Default);
        _thread.Release(stack);

        StackMapping small = _thread.Acquire(GuestStacks.MinSize);

        small.Should().Be(stack);
        _thread.Release(small);
    }

    [Fact]
    public void Release_into_an_empty_slot_stays_there()
    {
        StackMapping stack = _thread.Acquire(Default);
        _thread.Release(stack);

        _thread.Slot.Should().Be(stack);
        StackPool.Shared.Count().Should().Be(0);
    }

    [Fact]
    public void Release_into_an_occupied_slot_moves_the_older_stack_to_the_pool()
    {
        StackMapping older = _thread.Acquire(Default);
        StackMapping newer = _thread.Acquire(Default);
        _thread.Release(older);
        _thread.Release(newer);

        _thread.Slot.Should().Be(newer);
        StackPool.Shared.TryTake(Default, 0, out StackMapping pooled).Should().BeTrue();
        pooled.Should().Be(older);
        _thread.Release(pooled);
    }

    [Fact]
    public void Stack_above_the_bound_is_unmapped()
    {
        using CleanStacks none = new(maxCount: 0);
        long mapped = StackCounters.Mapped;
        StackMapping outer = _thread.Acquire(Default);
        StackMapping inner = _thread.Acquire(Default);

        _thread.Release(inner);
        _thread.Release(outer);

        _thread.Slot.Should().Be(outer);
        StackCounters.Mapped.Should().Be(mapped + 1);
    }

    [Fact]
    public void Many_calls_do_not_grow_the_pool()
    {
        long fresh = StackCounters.Fresh;
        for (int i = 0; i < 1000; i++)
        {
            _thread.Release(_thread.Acquire(Default));
        }

        StackPool.Shared.Count().Should().Be(0);
        StackCounters.Fresh.Should().Be(fresh + 1);
    }

    [Fact]
    public void Nested_calls_map_as_many_stacks_as_they_are_deep()
    {
        const int Depth = 20;
        long mapped = StackCounters.Mapped;
        for (int round = 0; round < 100; round++)
        {
            Nest(Depth);
        }

        (StackCounters.Mapped - mapped).Should().Be(Depth);
    }

    [Fact]
    public void Ended_thread_gives_its_stack_to_the_pool()
    {
        TestThread other = new();
        StackMapping stack = other.Acquire(Default);
        other.Release(stack);

        other.Dispose();

        StackPool.Shared.TryTake(Default, 0, out StackMapping pooled).Should().BeTrue();
        pooled.Should().Be(stack);
        _thread.Release(pooled);
    }

    [Fact]
    public void Release_after_a_trap_keeps_the_stack()
    {
        StackMapping stack = _thread.Acquire(Default);
        unsafe
        {
            StackCache.ReleaseAfterTrap(_thread.Block, stack, stack.Top);
        }

        _thread.Slot.Should().Be(stack);
    }

    [Fact]
    public void Stack_with_another_guard_is_unmapped_when_it_comes_back()
    {
        long mapped = StackCounters.Mapped;
        StackMapping stack = _thread.Acquire(Default);
        StackPool.Configure(1, 2 * GuardedStack.DefaultGuardSize, StackHygiene.Keep);
        _thread.Release(stack);

        StackMapping larger = _thread.Acquire(Large);

        (larger.Limit - larger.Start).Should().Be(2 * GuardedStack.DefaultGuardSize);
        StackCounters.Mapped.Should().Be(mapped + 1);
        _thread.Release(larger);
    }

    [Fact]
    public void Every_size_in_turn_leaks_nothing()
    {
        long mapped = StackCounters.Mapped;
        Random random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            nuint size = StackSize.Clamp(1 << random.Next(10, 28));
            StackMapping stack = _thread.Acquire(size);
            stack.UsableSize.Should().BeGreaterThanOrEqualTo(size);
            _thread.Release(stack);
        }

        unsafe
        {
            StackCache.Drain(_thread.Block);
        }

        StackPool.Shared.Drain();
        StackCounters.Mapped.Should().Be(mapped);
    }

    private void Nest(int depth)
    {
        if (depth == 0)
        {
            return;
        }

        StackMapping stack = _thread.Acquire(Default);
        Nest(depth - 1);
        _thread.Release(stack);
    }
}
