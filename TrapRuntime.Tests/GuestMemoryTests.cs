using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Tests.Support;
using TrapRuntime.Traps;
using Xunit;

namespace TrapRuntime.Tests;

public sealed unsafe class GuestMemoryTests
{
    private const nuint WasmPage = 64 * 1024;
    private static readonly nuint s_gibibyte = 1024 * 1024 * 1024;

    [Fact]
    public void New_memory_is_zero_and_can_be_written_to_its_end()
    {
        using GuestMemory memory = GuestMemory.Reserve(WasmPage, 4 * WasmPage, WasmPage);
        byte* bytes = (byte*)memory.Base;
        bytes[0].Should().Be(0);
        bytes[WasmPage - 1] = 7;
        bytes[WasmPage - 1].Should().Be(7);
        memory.Length.Should().Be(WasmPage);
    }

    [Fact]
    public void Grown_memory_stays_in_place_and_keeps_its_contents()
    {
        using GuestMemory memory = GuestMemory.Reserve(WasmPage, 4 * WasmPage, 0);
        nint start = memory.Base;
        ((byte*)start)[5] = 9;

        memory.TryGrow(3 * WasmPage).Should().BeTrue();

        memory.Base.Should().Be(start);
        memory.Length.Should().Be(3 * WasmPage);
        ((byte*)start)[5].Should().Be(9);
        ((byte*)start)[(3 * WasmPage) - 1].Should().Be(0);
    }

    [Fact]
    public void Memory_grows_to_its_maximum_and_not_beyond()
    {
        using GuestMemory memory = GuestMemory.Reserve(0, 2 * WasmPage, WasmPage);
        memory.TryGrow((2 * WasmPage) + 1).Should().BeFalse();
        memory.Length.Should().Be((nuint)0);
        memory.TryGrow(2 * WasmPage).Should().BeTrue();
        memory.TryGrow(nuint.MaxValue).Should().BeFalse();
        memory.Length.Should().Be(2 * WasmPage);
    }

    [Fact]
    public void Memory_never_shrinks()
    {
        using GuestMemory memory = GuestMemory.Reserve(2 * WasmPage, 2 * WasmPage, 0);
        memory.TryGrow(WasmPage).Should().BeTrue();
        memory.Length.Should().Be(2 * WasmPage);
    }

    [Fact]
    public void Lengths_are_whole_pages()
    {
        using GuestMemory memory = GuestMemory.Reserve(1, 100_000, 1);
        nuint page = (nuint)Environment.SystemPageSize;
        memory.Length.Should().Be(page);
        memory.TryGrow(page + 1).Should().BeTrue();
        memory.Length.Should().Be(2 * page);
        (memory.AddressSpace.Length % page).Should().Be((nuint)0);
    }

    [Fact]
    public void Reserving_four_gibibytes_costs_no_memory()
    {
        long before = Environment.WorkingSet;
        using GuestMemory memory = GuestMemory.Reserve(WasmPage, 4 * s_gibibyte, 2 * s_gibibyte);
        memory.AddressSpace.Length.Should().Be(6 * s_gibibyte);
        (Environment.WorkingSet - before).Should().BeLessThan(64 * 1024 * 1024);
    }

    [Fact]
    public void Impossible_sizes_are_refused()
    {
        Refuse(2 * WasmPage, WasmPage, 0, "initial");
        Refuse(0, 0, 0, "maximum");
        Refuse(0, nuint.MaxValue, 0, "maximum");
        Refuse(0, nuint.MaxValue / 2, (nuint.MaxValue / 2) + 1, "maximum");
    }

    [Fact]
    public void Too_much_for_the_system_is_out_of_memory()
    {
        Action reserve = () => GuestMemory.Reserve(0, nuint.MaxValue / 2, 0);
        reserve.Should().Throw<OutOfMemoryException>().WithMessage("*address space*");
    }

    [Fact]
    public void Memory_is_found_by_any_address_of_its_space()
    {
        using GuestMemory memory = GuestMemory.Reserve(WasmPage, 2 * WasmPage, WasmPage);
        nuint start = (nuint)memory.Base;

        HitAt(start).Should().Be(new MemoryHit(0, WasmPage));
        HitAt(start + (3 * WasmPage) - 1).Should().Be(new MemoryHit((3 * WasmPage) - 1, WasmPage));
        (MemoryRegistry.Shared.Find(start + (3 * WasmPage)) == memory).Should().BeFalse();
    }

    [Fact]
    public void Each_of_many_memories_is_found()
    {
        GuestMemory[] memories = [.. Enumerable.Range(0, 200).Select(static _ => GuestMemory.Reserve(0, WasmPage, WasmPage))];
        new Random(20_261_128).Shuffle(memories);

        Array.TrueForAll(memories, static memory => HitAt((nuint)memory.Base + 5) == new MemoryHit(5, 0)).Should().BeTrue();

        foreach (GuestMemory memory in memories)
        {
            nuint start = (nuint)memory.Base;
            memory.Dispose();
            memory.Length.Should().Be((nuint)0);
            memory.Base.Should().Be(0);
            (MemoryRegistry.Shared.Find(start) == memory).Should().BeFalse();
        }
    }

    [Fact]
    public void Disposed_memory_cannot_grow()
    {
        GuestMemory memory = GuestMemory.Reserve(WasmPage, 2 * WasmPage, 0);
        memory.Dispose();
        memory.Dispose();
        Action grow = () => memory.TryGrow(2 * WasmPage);
        grow.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Memory_stays_while_a_guest_waits_on_this_thread()
    {
        using FakeGuest guest = new(8);
        using GuestMemory memory = GuestMemory.Reserve(WasmPage, WasmPage, 0);
        ThreadBlock* before = CurrentThread.BlockOrNull;
        CurrentThread.BlockOrNull = guest.Thread;
        InvalidOperationException? refusal = null;
        try
        {
            memory.Dispose();
        }
        catch (InvalidOperationException e)
        {
            refusal = e;
        }
        finally
        {
            CurrentThread.BlockOrNull = before;
        }

        refusal.Should().NotBeNull();
        ((byte*)memory.Base)[0] = 1;
        memory.Length.Should().Be(WasmPage);
    }

    [Fact]
    public void Concurrent_growth_ends_at_the_longest_request()
    {
        using GuestMemory memory = GuestMemory.Reserve(0, 64 * WasmPage, 0);

        Parallel.For(1, 65, pages =>
        {
            memory.TryGrow((nuint)pages * WasmPage);
            ((byte*)memory.Base)[((nuint)pages * WasmPage) - 1] = (byte)pages;
        });

        memory.Length.Should().Be(64 * WasmPage);
    }

    [Fact]
    public void Copy_moves_bytes_between_good_addresses()
    {
        long source = 42;
        long target = 0;
        GuestMemory.TryCopy(&target, &source, sizeof(long)).Should().BeTrue();
        target.Should().Be(42);
    }

    [Fact]
    public void Copy_beyond_the_end_of_a_memory_fails_on_either_side()
    {
        using GuestMemory memory = GuestMemory.Reserve(WasmPage, 2 * WasmPage, 0);
        byte* last = (byte*)memory.Base + WasmPage - 4;
        long local = 0;
        GuestMemory.TryCopy(&local, last, sizeof(long)).Should().BeFalse();
        GuestMemory.TryCopy(last, &local, sizeof(long)).Should().BeFalse();
        GuestMemory.TryCopy(last, &local, sizeof(int)).Should().BeTrue();
    }

    private static void Refuse(nuint initial, nuint maximum, nuint guard, string parameter)
    {
        Action reserve = () => GuestMemory.Reserve(initial, maximum, guard);
        reserve.Should().Throw<ArgumentException>().And.ParamName.Should().Be(parameter);
    }

    private static MemoryHit? HitAt(nuint address) => MemoryRegistry.Shared.Find(address)?.HitAt(address);
}
