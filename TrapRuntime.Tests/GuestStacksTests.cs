using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.AotSmoke.Memory;
using TrapRuntime.Stacks;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests;

[Collection(StacksCollection.Name)]
public sealed unsafe class GuestStacksTests : IDisposable
{
    private readonly CleanStacks _stacks = new();

    public void Dispose() => _stacks.Dispose();

    [Fact]
    public void Largest_stack_is_100_MiB() => GuestStacks.MaxSize.Should().Be(104_857_600);

    [Fact]
    public void Default_is_1_MiB() => GuestStacks.DefaultSize.Should().Be(1_048_576);

    [Fact]
    public void Default_that_was_set_is_the_default()
    {
        GuestStacks.SetDefaultSize(4 * 1024 * 1024).Should().Be(4 * 1024 * 1024);
        GuestStacks.DefaultSize.Should().Be(4 * 1024 * 1024);
    }

    [Theory]
    [InlineData(1, GuestStacks.MinSize)]
    [InlineData(-5, GuestStacks.MinSize)]
    [InlineData(int.MaxValue, GuestStacks.MaxSize)]
    public void Default_is_brought_within_the_limits(int asked, int chosen)
    {
        GuestStacks.SetDefaultSize(asked).Should().Be(chosen);
        GuestStacks.DefaultSize.Should().Be(chosen);
    }

    [Fact]
    public void Drain_empties_the_pool()
    {
        using TestThread thread = new();
        StackMapping outer = thread.Acquire(StackSize.Clamp(GuestStacks.DefaultSize));
        thread.Release(thread.Acquire(StackSize.Clamp(GuestStacks.DefaultSize)));
        thread.Release(outer);

        GuestStacks.DrainPool();
        GuestStacks.DrainPool();

        StackPool.Shared.Count().Should().Be(0);
        thread.Slot.IsPresent.Should().BeTrue("it is another thread's");
    }

    [Fact]
    public void Drain_reaches_the_calling_threads_slot()
    {
        ThreadBlock* own = CurrentThread.BlockOrNull;
        using TestThread thread = new();
        CurrentThread.BlockOrNull = thread.Block;
        try
        {
            thread.Release(thread.Acquire(StackSize.Clamp(GuestStacks.DefaultSize)));

            GuestStacks.DrainPool();

            thread.Slot.IsPresent.Should().BeFalse();
        }
        finally
        {
            CurrentThread.BlockOrNull = own;
        }
    }

    [Fact]
    public void Drain_leaves_no_mapping_behind()
    {
        using TestThread thread = new();
        StackMapping[] stacks = [.. Enumerable.Range(0, 50).Select(_ => thread.Acquire(StackSize.Clamp(1)))];
        Array.ForEach(stacks, thread.Release);
        nuint[] pooled = [.. stacks.Select(stack => stack.Limit).Where(limit => limit != thread.Slot.Limit)];

        GuestStacks.DrainPool();

        foreach (nuint limit in pooled)
        {
            ProcessMaps.In(limit, limit + 1).Should().NotContain(part => part.Start == limit && part.Access == "rw-p");
        }
    }
}
