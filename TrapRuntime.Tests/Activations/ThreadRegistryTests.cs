using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Activations;

[Collection(StacksCollection.Name)]
public sealed unsafe class ThreadRegistryTests
{
    [Fact]
    public void Registered_threads_are_visited()
    {
        using TestThread one = new();
        using TestThread two = new();

        Visited().Should().Contain([(nint)one.Block, (nint)two.Block]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Removed_thread_is_not_visited_and_the_others_are(int removed)
    {
        TestThread[] threads = [.. Enumerable.Range(0, 3).Select(_ => new TestThread())];
        nint[] blocks = [.. threads.Select(thread => (nint)thread.Block)];

        threads[removed].Dispose();
        List<nint> visited = Visited();
        Array.ForEach(threads, thread => thread.Dispose());

        visited.Should().NotContain(blocks[removed]);
        visited.Should().Contain(blocks.Where((_, index) => index != removed));
    }

    [Fact]
    public void Threads_get_shards_in_turn()
    {
        using TestThread one = new();
        using TestThread two = new();

        two.Block->StackShard.Should().Be(one.Block->StackShard + 1);
    }

    private static List<nint> Visited()
    {
        List<nint> blocks = [];
        ThreadRegistry.ForEach(thread => blocks.Add((nint)thread));
        return blocks;
    }
}
