using System.Diagnostics;
using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Handlers;
using TrapRuntime.Platforms;
using TrapRuntime.Tests.Support;
using TrapRuntime.Traps;
using Xunit;

namespace TrapRuntime.Tests.Traps;

public sealed unsafe class CodeRegistryTests : IDisposable
{
    private const nuint Size = 0x10;
    private const nuint Pitch = 0x20;
    private readonly ProcessBlock* _block = (ProcessBlock*)NativeMemory.AllocZeroed((nuint)sizeof(ProcessBlock));
    private readonly CodeRegistry _registry;

    // Owner of every range: the registry under test never looks into it.
    private readonly GuestCode _owner = GuestCode.Emit([0xC3], new GuestCodeInfo { Name = "owner" });
    private bool _isJudging;

    public CodeRegistryTests() => _registry = new CodeRegistry(_block, () => _isJudging);

    /// <summary>In which order ranges come.</summary>
    public enum Order
    {
        Ascending,
        Descending,
        Shuffled,
    }

    public void Dispose()
    {
        _owner.Dispose();
        NativeMemory.Free(_block);
    }

    [Fact]
    public void Empty_registry_holds_nothing()
    {
        Agree(0x1000).Should().BeFalse();
        ((nint)_block->CodeTable).Should().Be(0);
    }

    [Fact]
    public void Range_holds_its_first_and_last_byte_and_no_other()
    {
        Add(0x1000);
        Agree(0xfff).Should().BeFalse();
        Agree(0x1000).Should().BeTrue();
        Agree(0x1000 + Size - 1).Should().BeTrue();
        Agree(0x1000 + Size).Should().BeFalse();
    }

    [Fact]
    public void Removed_range_is_gone_and_the_version_goes_up()
    {
        Add(0x1000);
        nint version = _block->CodeVersion;

        _registry.Remove([RangeAt(0x1000)]);

        Agree(0x1000).Should().BeFalse();
        _block->CodeVersion.Should().BeGreaterThan(version);
        ((nint)_block->CodeTable).Should().Be(0);
    }

    [Theory]
    [InlineData(0x1000u, 0x10u)]
    [InlineData(0x0ff8u, 0x10u)]
    [InlineData(0x1008u, 0x10u)]
    [InlineData(0x1004u, 0x4u)]
    [InlineData(0x0f00u, 0x1000u)]
    [InlineData(0x100fu, 0x1u)]
    public void Overlap_is_refused_and_both_ranges_are_named(uint start, uint length)
    {
        Add(0x1000);
        AddressRange range = new(start, start + length);

        Action add = () => _registry.Add(_owner, [range]);

        add.Should().Throw<ArgumentException>().WithMessage($"*0x{start:x}-0x{start + length:x}*0x1000-0x1010 (owner)*");
        Agree(0x1000).Should().BeTrue();
        Agree(0xf80).Should().BeFalse();
    }

    [Fact]
    public void Neighbours_that_touch_do_not_overlap()
    {
        Add(0x1000);
        Add(0x1000 + Size);
        Add(0x1000 - Size);
        Agree(0x1000 + Size).Should().BeTrue();
    }

    [Fact]
    public void Several_ranges_come_all_or_none()
    {
        Add(0x3000);

        Action add = () => _registry.Add(_owner, [RangeAt(0x1000), RangeAt(0x3008)]);

        add.Should().Throw<ArgumentException>();
        Agree(0x1000).Should().BeFalse();
    }

    [Theory]
    [InlineData(Order.Ascending)]
    [InlineData(Order.Descending)]
    [InlineData(Order.Shuffled)]
    public void Hundred_thousand_ranges_register_quickly_and_are_all_found(Order order)
    {
        const int Count = 100_000;
        nuint[] starts = [.. Enumerable.Range(1, Count).Select(static i => (nuint)i * Pitch)];
        Arrange(starts, order);
        Stopwatch watch = Stopwatch.StartNew();

        foreach (nuint start in starts)
        {
            _registry.Add(_owner, [RangeAt(start)]);
        }

        // A registry that copied all of itself each time would take minutes.
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
        Array.TrueForAll(starts, start => Agree(start) && !Agree(start + Size) && !Agree(start - 1)).Should().BeTrue();

        Arrange(starts, Order.Shuffled);
        foreach (nuint start in starts)
        {
            _registry.Remove([RangeAt(start)]);
        }

        ((nint)_block->CodeTable).Should().Be(0);
        _registry.RetiredCount.Should().BeLessThanOrEqualTo(RetiredTables.AskEvery);
    }

    /// <summary>Tables of 4 KiB piled up as long as a guest ran anywhere: 60 MiB in a storm of a minute.</summary>
    [Fact]
    public void Tables_do_not_pile_up_while_a_guest_runs()
    {
        const int Count = 20 * RetiredTables.AskEvery;
        CodeRegistry registry = new(_block, GuestUsage.AnyJudgement);
        using FakeGuest guest = new(8);
        ThreadRegistry.Add(guest.Thread);
        for (nuint i = 1; i <= Count; i++)
        {
            registry.Add(_owner, [RangeAt(i * Pitch)]);
            registry.Remove([RangeAt(i * Pitch)]);
        }

        ThreadRegistry.Remove(guest.Thread);

        // Guests of other tests may trap at the moment of a look.
        registry.RetiredCount.Should().BeLessThan(4 * RetiredTables.AskEvery);
    }

    [Fact]
    public void Judgement_on_any_thread_counts_and_a_guest_does_not()
    {
        using FakeGuest guest = new(8);
        ThreadRegistry.Add(guest.Thread);
        bool calm = SpinWait.SpinUntil(static () => !GuestUsage.AnyJudgement(), TimeSpan.FromSeconds(10));
        guest.Thread->Judging = 1;
        bool found = GuestUsage.AnyJudgement();
        ThreadRegistry.Remove(guest.Thread);
        calm.Should().BeTrue();
        found.Should().BeTrue();
    }

    /// <summary>Random registrations and removals against a plain sorted list.</summary>
    [Fact]
    public void Registry_agrees_with_a_plain_list()
    {
        Random random = new(20_261_125);
        SortedSet<nuint> model = [];
        for (int round = 0; round < 20_000; round++)
        {
            nuint start = (nuint)random.Next(1, 2000) * Pitch;
            if (model.Add(start))
            {
                Add(start);
            }
            else
            {
                model.Remove(start);
                _registry.Remove([RangeAt(start)]);
            }

            nuint probe = (nuint)random.Next(0, 2002) * Pitch;
            Agree(probe).Should().Be(model.Contains(probe));
            Agree(probe + Size).Should().BeFalse();
        }
    }

    /// <summary>A reader must never miss a range that is registered all the time, whatever happens around it.</summary>
    [Fact]
    public void Readers_see_steady_ranges_while_others_come_and_go()
    {
        // Nothing may be freed: the readers below stand for gates.
        _isJudging = true;
        for (nuint start = Pitch; start < 1000 * Pitch; start += 2 * Pitch)
        {
            Add(start);
        }

        using CancellationTokenSource stop = new();
        int wrong = 0;
        Thread[] readers = [.. Enumerable.Range(0, 2).Select(seed => new Thread(() => Interlocked.Add(ref wrong, NeverMisses(seed, stop.Token) ? 0 : 1)))];
        Array.ForEach(readers, static reader => reader.Start());
        Random random = new(20_261_126);
        for (int round = 0; round < 5_000; round++)
        {
            nuint start = (nuint)random.Next(0, 500) * 2 * Pitch;
            Add(start);
            _registry.Remove([RangeAt(start)]);
        }

        stop.Cancel();
        Array.ForEach(readers, static reader => reader.Join());
        wrong.Should().Be(0);
        _isJudging = false;
    }

    [Fact]
    public void Snapshot_keeps_a_range_that_is_removed_later()
    {
        Add(0x1000);
        CodeDirectory snapshot = _registry.Directory;

        _registry.Remove([RangeAt(0x1000)]);

        snapshot.TryFind(0x1008, out CodeRange range).Should().BeTrue();
        range.Owner.Should().BeSameAs(_owner);
    }

    [Fact]
    public void Entry_check_gives_the_range()
    {
        Add(0x1000);
        _registry.TryFindEntry(0x1004, out CodeRange range).Should().BeTrue();
        range.Bounds.Should().Be(RangeAt(0x1000));
        _registry.TryFindEntry(0x2000, out _).Should().BeFalse();
    }

    private bool NeverMisses(int seed, CancellationToken stop)
    {
        Random random = new(seed);
        while (!stop.IsCancellationRequested)
        {
            nuint start = ((nuint)random.Next(0, 499) * 2 * Pitch) + Pitch;
            if (!CodeSearch.Contains(_block->CodeTable, start) || !_registry.Directory.TryFind(start, out _)
                || CodeSearch.Contains(_block->CodeTable, start + Size))
            {
                return false;
            }
        }

        return true;
    }

    private static AddressRange RangeAt(nuint start) => new(start, start + Size);

    private static void Arrange(nuint[] starts, Order order)
    {
        if (order == Order.Descending)
        {
            Array.Reverse(starts);
        }
        else if (order == Order.Shuffled)
        {
            new Random(20_261_127).Shuffle(starts);
        }
    }

    private void Add(nuint start) => _registry.Add(_owner, [RangeAt(start)]);

    // Both copies of the registry must say the same.
    private bool Agree(nuint address)
    {
        bool found = _registry.Directory.TryFind(address, out _);
        if (CodeSearch.Contains(_block->CodeTable, address) != found)
        {
            throw new InvalidOperationException($"The two copies disagree about 0x{address:x}.");
        }

        return found;
    }
}
