using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Stacks;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Stacks;

[Collection(StacksCollection.Name)]
public sealed class StackPoolTests : IDisposable
{
    private const int Guard = GuardedStack.DefaultGuardSize;
    private const int Size = 64 * 1024;

    private readonly List<StackMapping> _owned = [];
    private readonly long _mappedBefore = StackCounters.Mapped;

    public void Dispose()
    {
        _owned.ForEach(stack => GuardedStack.Unmap(stack));
        StackCounters.Mapped.Should().Be(_mappedBefore, "no test may lose a stack");
    }

    [Fact]
    public void Newest_stack_comes_out_first()
    {
        StackPool pool = new(100, Guard);
        List<StackMapping> stacks = [.. Enumerable.Range(0, 100).Select(_ => Map(Size))];
        stacks.ForEach(stack => pool.TryPut(stack, home: 0).Should().BeTrue());

        // One shard is newest first to the letter; the others were filled by overflow and emptied in the same order.
        List<StackMapping> taken = TakeAll(pool, Size);

        int perShard = 100 / 8;
        taken.Should().BeEquivalentTo(stacks);
        taken.Take(perShard).Should().Equal(stacks.Take(perShard + 1).Reverse().Take(perShard));
        _owned.AddRange(taken);
    }

    [Fact]
    public void Newest_of_the_right_size_comes_out_first_when_sizes_mix()
    {
        StackPool pool = new(6, Guard);
        StackMapping[] small = [Map(Size), Map(Size)];
        StackMapping[] large = [Map(32 * 1024 * 1024), Map(32 * 1024 * 1024)];
        pool.TryPut(small[0], 0).Should().BeTrue();
        pool.TryPut(large[0], 0).Should().BeTrue();
        pool.TryPut(small[1], 0).Should().BeTrue();
        pool.TryPut(large[1], 0).Should().BeTrue();

        List<StackMapping> taken = [];
        foreach (nuint size in new nuint[] { Size, 32 * 1024 * 1024, Size, 32 * 1024 * 1024 })
        {
            pool.TryTake(size, 0, out StackMapping stack).Should().BeTrue();
            taken.Add(stack);
        }

        taken.Should().Equal(small[1], large[1], small[0], large[0]);
        _owned.AddRange(taken);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(129)]
    [InlineData(256)]
    public void Pool_holds_what_it_was_told_and_no_more(int maxCount)
    {
        StackPool pool = new(maxCount, Guard);
        for (int i = 0; i < maxCount; i++)
        {
            pool.TryPut(Map(Size), home: (uint)i).Should().BeTrue();
        }

        StackMapping oneTooMany = Map(Size);
        pool.TryPut(oneTooMany, home: 0).Should().BeFalse();

        pool.Count().Should().Be(maxCount);
        _owned.Add(oneTooMany);
        pool.Drain();
    }

    [Fact]
    public void Thread_finds_what_another_shard_holds()
    {
        StackPool pool = new(256, Guard);
        StackMapping stack = Map(Size);
        pool.TryPut(stack, home: 3).Should().BeTrue();

        pool.TryTake(Size, home: 11, out StackMapping taken).Should().BeTrue();

        taken.Should().Be(stack);
        _owned.Add(taken);
    }

    /// <summary>Or a thread that nests 128 deep would look through seven empty shards for each stack on its way down, and full ones on its way up.</summary>
    [Fact]
    public void Thread_moves_to_the_shard_that_could_help()
    {
        StackPool pool = new(32, Guard);
        uint home = 1;
        for (int i = 0; i < 8; i++)
        {
            pool.TryPut(Map(Size), ref home).Should().BeTrue();
        }

        home.Should().Be(1);
        pool.TryPut(Map(Size), ref home).Should().BeTrue();
        home.Should().Be(2);
        home = 1;
        for (int i = 0; i < 9; i++)
        {
            pool.TryTake(Size, ref home, out StackMapping stack).Should().BeTrue();
            GuardedStack.Unmap(stack);
        }

        home.Should().Be(2);
    }

    [Fact]
    public void Undersized_stack_stays_in_the_pool()
    {
        StackPool pool = new(8, Guard);
        pool.TryPut(Map(Size), 0).Should().BeTrue();

        pool.TryTake(Size + 1, 0, out _).Should().BeFalse();

        pool.Count().Should().Be(1);
        pool.Drain();
    }

    [Fact]
    public void Oversized_stack_stays_in_the_pool()
    {
        StackPool pool = new(8, Guard);
        pool.TryPut(Map(GuestStacks.MaxSize), 0).Should().BeTrue();

        pool.TryTake(GuestStacks.MinSize, 0, out _).Should().BeFalse();

        pool.Count().Should().Be(1);
        pool.Drain();
    }

    [Fact]
    public void Stack_of_a_stranger_is_refused()
    {
        StackPool pool = new(8, Guard);
        GuardedStack.TryMap(Size, 2 * Guard, out StackMapping otherGuard).Should().BeTrue();
        GuardedStack.TryMap(3 * Size, Guard, out StackMapping otherSize).Should().BeTrue();
        _owned.AddRange([otherGuard, otherSize]);

        pool.TryPut(otherGuard, 0).Should().BeFalse();
        pool.TryPut(otherSize, 0).Should().BeFalse();
    }

    [Fact]
    public void Bytes_of_large_stacks_are_bounded()
    {
        StackPool pool = new(256, Guard);
        List<StackMapping> refused = [];
        for (int i = 0; i < 20; i++)
        {
            StackMapping stack = Map(GuestStacks.MaxSize);
            if (!pool.TryPut(stack, 0))
            {
                refused.Add(stack);
            }
        }

        pool.Count().Should().Be((int)(StackPool.MaxLargeBytes / (GuestStacks.MaxSize + Guard)));
        _owned.AddRange(refused);
        pool.Drain();
    }

    [Fact]
    public void Room_for_large_stacks_comes_back_when_they_leave()
    {
        StackPool pool = new(256, Guard);
        StackMapping stack = Map(GuestStacks.MaxSize);
        _owned.Add(stack);
        for (int i = 0; i < 20; i++)
        {
            pool.TryPut(stack, 0).Should().BeTrue();
            pool.TryTake(GuestStacks.MaxSize, 0, out _).Should().BeTrue();
        }

        for (int i = 0; i < 20; i++)
        {
            pool.TryPut(Map(GuestStacks.MaxSize), 0).Should().BeTrue();
            pool.Drain();
        }
    }

    [Fact]
    public void Drain_empties_the_pool_and_may_be_repeated()
    {
        StackPool pool = new(8, Guard);
        StackMapping stack = Map(Size);
        pool.TryPut(stack, 0).Should().BeTrue();

        pool.Drain();
        pool.Drain();

        pool.Count().Should().Be(0);
        pool.TryTake(Size, 0, out _).Should().BeFalse();
    }

    [Fact]
    public void Without_a_drain_an_old_stack_comes_back()
    {
        StackPool pool = new(8, Guard);
        StackMapping stack = Map(Size);
        pool.TryPut(stack, 0).Should().BeTrue();

        pool.TryTake(Size / 2, 0, out StackMapping taken).Should().BeTrue();

        taken.Should().Be(stack);
        _owned.Add(taken);
    }

    private static StackMapping Map(nuint size)
    {
        GuardedStack.TryMap(size, Guard, out StackMapping stack).Should().BeTrue();
        return stack;
    }

    private static List<StackMapping> TakeAll(StackPool pool, nuint size)
    {
        List<StackMapping> taken = [];
        while (pool.TryTake(size, home: 0, out StackMapping stack))
        {
            taken.Add(stack);
        }

        return taken;
    }
}
