using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.AotSmoke.Memory;
using TrapRuntime.Stacks;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Stacks;

[Collection(StacksCollection.Name)]
public sealed unsafe class StackCleanerTests : IDisposable
{
    private const int Size = 1024 * 1024;

    private static readonly int s_page = Environment.SystemPageSize;
    private static readonly int s_resident = StackCleaner.ResidentPages * s_page;

    private readonly TestThread _thread = new();

    public void Dispose()
    {
        _thread.Dispose();
        using CleanStacks clean = new();
    }

    [Fact]
    public void Keep_leaves_every_page()
    {
        using CleanStacks keep = new(hygiene: StackHygiene.Keep);
        StackMapping stack = _thread.Acquire(Size);
        Recurse(stack.Top, Size, frame: 64);
        _thread.Release(stack);

        ProcessMaps.ResidentBytes(stack).Should().Be(Size);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(48)]
    [InlineData(200)]
    [InlineData(1000)]
    public void Trim_notices_a_deep_recursion_that_returned(int frame)
    {
        using CleanStacks trim = new(hygiene: StackHygiene.Trim);
        StackMapping stack = _thread.Acquire(Size);
        Recurse(stack.Top, Size, frame);
        _thread.Release(stack);

        ProcessMaps.ResidentBytes(stack).Should().BeLessThanOrEqualTo(s_resident);
    }

    [Fact]
    public void Trim_notices_depth_below_a_smaller_request_too()
    {
        using CleanStacks trim = new(hygiene: StackHygiene.Trim);
        StackMapping stack = _thread.Acquire(Size);
        nuint guestTop = stack.Limit + (Size / 2);
        Recurse(guestTop, Size / 2, frame: 64);
        StackCache.Release(_thread.Block, stack, guestTop);

        ProcessMaps.ResidentBytes(stack).Should().BeLessThanOrEqualTo(s_resident);
    }

    [Fact]
    public void Trim_lets_a_shallow_stack_keep_its_pages()
    {
        using CleanStacks trim = new(hygiene: StackHygiene.Trim);
        StackMapping stack = _thread.Acquire(Size);
        Recurse(stack.Top, s_page, frame: 16);
        _thread.Release(stack);

        ((nuint*)stack.Top)[-1].Should().NotBe(0);
        ProcessMaps.ResidentBytes(stack).Should().Be(s_page);
    }

    [Fact]
    public void Trim_leaves_the_smallest_stack_alone()
    {
        using CleanStacks trim = new(hygiene: StackHygiene.Trim);
        StackMapping stack = _thread.Acquire(GuestStacks.MinSize);
        Recurse(stack.Top, GuestStacks.MinSize, frame: 16);
        StackCache.ReleaseAfterTrap(_thread.Block, stack, stack.Top);

        ProcessMaps.ResidentBytes(stack).Should().BeLessThanOrEqualTo(s_resident);
    }

    [Fact]
    public void Trim_finds_frames_that_stepped_over_the_watch_zone_in_the_end()
    {
        using CleanStacks trim = new(hygiene: StackHygiene.Trim);
        for (uint i = 0; i < StackCleaner.ReleasesPerInspection; i++)
        {
            StackMapping stack = _thread.Acquire(Size);
            new Span<byte>((void*)stack.Limit, Size / 2).Fill(1);
            _thread.Release(stack);
        }

        ProcessMaps.ResidentBytes(_thread.Slot).Should().BeLessThanOrEqualTo(s_resident);
    }

    [Fact]
    public void Trim_after_a_trap_does_not_look()
    {
        using CleanStacks trim = new(hygiene: StackHygiene.Trim);
        StackMapping stack = _thread.Acquire(Size);
        *(byte*)stack.Limit = 1;
        StackCache.ReleaseAfterTrap(_thread.Block, stack, stack.Top);

        ProcessMaps.ResidentBytes(stack).Should().Be(0);
    }

    [Fact]
    public void A_thousand_idle_stacks_that_ran_a_deep_recursion_hold_under_8_MiB()
    {
        using CleanStacks trim = new(hygiene: StackHygiene.Trim);
        TestThread[] threads = [.. Enumerable.Range(0, 1000).Select(_ => new TestThread())];
        foreach (TestThread thread in threads)
        {
            StackMapping stack = thread.Acquire(Size);
            Recurse(stack.Top, Size, frame: 96);
            thread.Release(stack);

            // A shallow call afterwards may touch both pages that stay.
            stack = thread.Acquire(Size);
            Recurse(stack.Top, s_resident - StackCleaner.WatchZone, frame: 96);
            thread.Release(stack);
        }

        long resident = ProcessMaps.ResidentBytes(threads.Select(thread => thread.Slot));

        Array.ForEach(threads, thread => thread.Dispose());
        resident.Should().BePositive().And.BeLessThan(8 * 1024 * 1024);
    }

    [Fact]
    public void Scrub_leaves_nothing_to_the_next_owner()
    {
        using CleanStacks scrub = new(hygiene: StackHygiene.Scrub);
        Random random = new(1);
        for (int round = 0; round < 10_000; round++)
        {
            nuint size = StackSize.Clamp(GuestStacks.MinSize << random.Next(5));
            StackMapping stack = _thread.Acquire(size);

            // Reading all of it each time would take minutes: the words that the last round wrote are what matters.
            foreach (nuint offset in ScrubProbes(size))
            {
                (*(ulong*)(stack.Limit + offset)).Should().Be(0);
                *(ulong*)(stack.Limit + offset) = ulong.MaxValue;
            }

            StackCache.Release(_thread.Block, stack, stack.Limit + size);
        }
    }

    [Fact]
    public void Scrub_clears_every_byte_of_the_mapping()
    {
        using CleanStacks scrub = new(hygiene: StackHygiene.Scrub);
        StackMapping stack = _thread.Acquire(Size);
        Span<byte> all = new((void*)stack.Limit, Size);
        all.Fill(0xA5);

        // A guest may have written above its own top as well.
        StackCache.Release(_thread.Block, stack, stack.Limit + (Size / 4));

        all.ContainsAnyExcept((byte)0).Should().BeFalse();
    }

    [Fact]
    public void Scrub_happens_before_the_stack_reaches_another_thread()
    {
        using CleanStacks scrub = new(hygiene: StackHygiene.Scrub);
        StackMapping outer = _thread.Acquire(Size);
        StackMapping inner = _thread.Acquire(Size);
        new Span<byte>((void*)inner.Limit, Size).Fill(0xA5);
        _thread.Release(inner);
        _thread.Release(outer);

        using TestThread other = new();
        StackMapping taken = other.Acquire(Size);
        taken.Should().Be(inner);
        new ReadOnlySpan<byte>((void*)taken.Limit, Size).ContainsAnyExcept((byte)0).Should().BeFalse();
        other.Release(taken);
    }

    // Both ends, both sides of the page that is cleared by hand, and the middle, which may be one of those.
    private static HashSet<nuint> ScrubProbes(nuint size) => [0, size / 2, size - (nuint)s_page - 8, size - (nuint)s_page, size - 8];

    /// <summary>Writes what a recursion leaves behind at the least: a return address per frame.</summary>
    private static void Recurse(nuint top, int depth, int frame)
    {
        const nuint ReturnAddress = 0x1234;
        nuint end = top - (nuint)depth;
        for (nuint at = top - (nuint)sizeof(nuint); at >= end; at -= (nuint)frame)
        {
            *(nuint*)at = ReturnAddress;
        }
    }
}
