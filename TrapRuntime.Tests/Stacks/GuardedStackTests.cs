using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.AotSmoke.Memory;
using TrapRuntime.Stacks;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Stacks;

[Collection(StacksCollection.Name)]
public sealed unsafe class GuardedStackTests : IDisposable
{
    private const int Usable = 1024 * 1024;
    private const int Guard = GuardedStack.DefaultGuardSize;

    private readonly StackMapping _stack = Map(Usable, Guard);

    public void Dispose() => GuardedStack.Unmap(_stack);

    [Fact]
    public void Usable_bytes_do_not_count_the_guard()
    {
        _stack.UsableSize.Should().Be(Usable);
        _stack.MappedSize.Should().Be(Usable + Guard);
    }

    [Fact]
    public void Guard_faults_and_the_rest_does_not()
    {
        List<ProcessMapping> parts = ProcessMaps.In(_stack.Start, _stack.Top);

        // A neighbour without access may have merged with the guard, so its start says nothing.
        parts.Should().HaveCount(2);
        parts[0].Access.Should().Be("---p");
        parts[0].End.Should().Be(_stack.Limit);
        parts[1].Access.Should().Be("rw-p");
        parts[1].Start.Should().Be(_stack.Limit);
    }

    [Fact]
    public void Every_usable_byte_can_be_written()
    {
        new Span<byte>((void*)_stack.Limit, Usable).Fill(1);

        ProcessMaps.ResidentBytes(_stack).Should().Be(Usable);
    }

    [Fact]
    public void Fresh_stack_holds_no_memory() => ProcessMaps.ResidentBytes(_stack).Should().Be(0);

    [Fact]
    public void One_touched_byte_costs_one_page()
    {
        *(byte*)(_stack.Top - 1) = 1;

        ProcessMaps.ResidentBytes(_stack).Should().Be(Environment.SystemPageSize);
    }

    [Fact]
    public void Huge_pages_stay_away() =>
        ProcessMaps.In(_stack.Limit, _stack.Top).Should().ContainSingle().Which.Flags.Should().Contain(" nh");

    [Fact]
    public void Guard_is_told_from_its_neighbours_to_the_byte()
    {
        GuardedStack.IsInGuard(_stack, _stack.Start - 1).Should().BeFalse();
        GuardedStack.IsInGuard(_stack, _stack.Start).Should().BeTrue();
        GuardedStack.IsInGuard(_stack, _stack.Limit - 1).Should().BeTrue();
        GuardedStack.IsInGuard(_stack, _stack.Limit).Should().BeFalse();
        GuardedStack.IsInGuard(_stack, _stack.Top).Should().BeFalse();
        GuardedStack.IsInGuard(_stack, 0).Should().BeFalse();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(4097, 2)]
    public void Guard_is_whole_pages_and_at_least_one(int asked, int pagesOf4096)
    {
        StackMapping stack = Map(GuestStacks.MinSize, (nuint)asked);
        nuint guard = stack.Limit - stack.Start;
        GuardedStack.Unmap(stack);

        nuint page = (nuint)Environment.SystemPageSize;
        guard.Should().Be(Math.Max(page, ((nuint)pagesOf4096 * 4096) + page - 1 & ~(page - 1)));
    }

    [Fact]
    public void Unmapped_stack_is_gone()
    {
        StackMapping stack = Map(Usable, Guard);
        GuardedStack.Unmap(stack);

        ProcessMaps.In(stack.Limit, stack.Top).Should().NotContain(part => part.Start == stack.Limit && part.End == stack.Top);
    }

    [Fact]
    public void Impossible_size_is_refused_and_not_counted()
    {
        long mapped = StackCounters.Mapped;
        long bytes = StackCounters.Bytes;
        nuint moreThanAnyAddressSpace = nuint.MaxValue >> 4;

        GuardedStack.TryMap(moreThanAnyAddressSpace, Guard, out StackMapping stack).Should().BeFalse();

        stack.IsPresent.Should().BeFalse();
        StackCounters.Mapped.Should().Be(mapped);
        StackCounters.Bytes.Should().Be(bytes);
    }

    [Fact]
    public void Mapping_and_unmapping_are_counted()
    {
        long mapped = StackCounters.Mapped;
        long bytes = StackCounters.Bytes;

        StackMapping stack = Map(Usable, Guard);
        StackCounters.Mapped.Should().Be(mapped + 1);
        StackCounters.Bytes.Should().Be(bytes + Usable + Guard);
        StackCounters.PeakMapped.Should().BeGreaterThanOrEqualTo(mapped + 1);

        GuardedStack.Unmap(stack);
        StackCounters.Mapped.Should().Be(mapped);
        StackCounters.Bytes.Should().Be(bytes);
    }

    private static StackMapping Map(nuint usable, nuint guard)
    {
        GuardedStack.TryMap(usable, guard, out StackMapping stack).Should().BeTrue();
        return stack;
    }
}
