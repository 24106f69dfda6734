using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Stacks;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Stacks;

/// <summary>Many threads at one pool. Whoever holds a stack signs its lowest word, so a stack handed out twice shows.</summary>
[Collection(StacksCollection.Name)]
public sealed unsafe class StackPoolStormTests
{
    private const int Guard = GuardedStack.DefaultGuardSize;
    private const int Size = GuestStacks.MinSize;
    private const int Threads = 16;
    private const int Rounds = 20_000;

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    public void No_stack_has_two_owners(int maxCount)
    {
        long mapped = StackCounters.Mapped;
        StackPool pool = new(maxCount, Guard);
        int overfull = 0;
        int stolen = 0;

        Storm(thread =>
        {
            Stack<StackMapping> held = new();
            Random random = new(thread);
            for (int round = 0; round < Rounds; round++)
            {
                if (held.Count < 3 && random.Next(2) == 0)
                {
                    held.Push(Sign(TakeOrMap(pool, (uint)thread), thread));
                }
                else if (held.TryPop(out StackMapping stack))
                {
                    CountUnless(IsSignedBy(stack, thread), ref stolen);
                    PutOrUnmap(pool, stack, (uint)thread);
                }

                if (round % 1000 == 0)
                {
                    CountUnless(pool.Count() <= maxCount, ref overfull);
                }
            }

            foreach (StackMapping stack in held)
            {
                CountUnless(IsSignedBy(stack, thread), ref stolen);
                PutOrUnmap(pool, stack, (uint)thread);
            }
        });

        stolen.Should().Be(0);
        overfull.Should().Be(0);
        (StackCounters.Mapped - mapped).Should().Be(pool.Count());
        pool.Drain();
        StackCounters.Mapped.Should().Be(mapped);
    }

    [Fact]
    public void One_word_changing_hands_all_the_time_is_never_torn()
    {
        // The ABA case: the same stack leaves and comes back while others are between their read and their swap.
        long mapped = StackCounters.Mapped;
        StackPool pool = new(1, Guard);
        GuardedStack.TryMap(Size, Guard, out StackMapping only).Should().BeTrue();
        pool.TryPut(only, 0).Should().BeTrue();
        int owners = 0;
        int collisions = 0;

        Storm(thread =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                if (pool.TryTake(Size, (uint)thread, out StackMapping stack))
                {
                    CountUnless(Interlocked.Increment(ref owners) == 1 && stack.Equals(only), ref collisions);
                    Interlocked.Decrement(ref owners);
                    CountUnless(pool.TryPut(stack, (uint)thread), ref collisions);
                }
            }
        });

        collisions.Should().Be(0);
        pool.Drain();
        StackCounters.Mapped.Should().Be(mapped);
    }

    [Fact]
    public void Drain_unmaps_no_stack_that_somebody_took()
    {
        long mapped = StackCounters.Mapped;
        StackPool pool = new(64, Guard);
        int stolen = 0;

        Storm(thread =>
        {
            for (int round = 0; round < Rounds / 10; round++)
            {
                if (thread == 0)
                {
                    pool.Drain();
                    continue;
                }

                // Signing a stack that was unmapped ends the process.
                StackMapping stack = Sign(TakeOrMap(pool, (uint)thread), thread);
                CountUnless(IsSignedBy(stack, thread), ref stolen);
                PutOrUnmap(pool, stack, (uint)thread);
            }
        });

        stolen.Should().Be(0);
        pool.Drain();
        StackCounters.Mapped.Should().Be(mapped);
    }

    [Fact]
    public void After_nested_calls_on_many_threads_nothing_is_in_use()
    {
        using CleanStacks clean = new();
        StackStatistics before = StackStatistics.Take();
        Storm(_ =>
        {
            using TestThread thread = new();
            for (int round = 0; round < Rounds / 10; round++)
            {
                Nest(thread, round % 5);
            }
        });

        StackStatistics after = StackStatistics.Take();
        after.InUse.Should().Be(before.InUse);
        after.Mapped.Should().Be(after.Pooled + after.Cached + after.InUse);
        after.Pooled.Should().BeLessThanOrEqualTo(Threads * 5);
    }

    [Fact]
    public void Threads_that_come_and_go_leave_a_bounded_pool()
    {
        using CleanStacks clean = new(maxCount: 8);
        StackStatistics before = StackStatistics.Take();
        const int Waves = 10_000 / Threads;
        for (int wave = 0; wave < Waves; wave++)
        {
            Storm(_ =>
            {
                using TestThread thread = new();
                thread.Release(Sign(thread.Acquire(Size), 1));
            });
        }

        StackStatistics after = StackStatistics.Take();
        after.Pooled.Should().BeLessThanOrEqualTo(8);
        after.InUse.Should().Be(before.InUse);
        (after.PoolHits + after.FreshMappings - before.PoolHits - before.FreshMappings).Should().Be(Waves * Threads);
    }

    private static void Nest(TestThread thread, int depth)
    {
        StackMapping stack = Sign(thread.Acquire(Size), depth);
        if (depth > 0)
        {
            Nest(thread, depth - 1);
        }

        thread.Release(stack);
    }

    private static void Storm(Action<int> body)
    {
        Exception? failure = null;
        using Barrier start = new(Threads);
        Thread[] threads =
        [
            .. Enumerable.Range(0, Threads).Select(index => new Thread(() =>
            {
                start.SignalAndWait();
                try
                {
                    body(index);
                }
                catch (Exception exception) when (exception is not OutOfMemoryException)
                {
                    failure = exception;
                }
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        failure.Should().BeNull();
    }

    private static void CountUnless(bool expected, ref int failures)
    {
        if (!expected)
        {
            Interlocked.Increment(ref failures);
        }
    }

    private static StackMapping Sign(StackMapping stack, int owner)
    {
        *(int*)stack.Limit = owner;
        return stack;
    }

    private static bool IsSignedBy(StackMapping stack, int owner) => *(int*)stack.Limit == owner;

    private static StackMapping TakeOrMap(StackPool pool, uint home)
    {
        if (pool.TryTake(Size, home, out StackMapping stack) || GuardedStack.TryMap(Size, Guard, out stack))
        {
            return stack;
        }

        throw new InvalidOperationException("No stack could be mapped.");
    }

    private static void PutOrUnmap(StackPool pool, StackMapping stack, uint home)
    {
        if (!pool.TryPut(stack, home))
        {
            GuardedStack.Unmap(stack);
        }
    }
}
