using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Tests.Support;
using TrapRuntime.Traps;
using Xunit;

namespace TrapRuntime.Tests.Traps;

public sealed unsafe class BacktraceTests
{
    private const nuint Counter = 0x1000;
    private const int Plenty = 64;

    [Fact]
    public void Innermost_is_exact_and_return_addresses_are_one_less()
    {
        using FakeGuest guest = new(16);
        guest.Frame(2, 6, 0x2000);
        guest.Frame(6, 10, 0x3000);
        guest.Frame(10, 0, guest.Process->ExitLabel);

        Walk(guest, guest.AddressOf(2)).Should().Equal(Counter, 0x1fff, 0x2fff);
    }

    [Fact]
    public void Frames_of_thunks_are_left_out()
    {
        using FakeGuest guest = new(16);
        guest.Frame(2, 6, guest.Process->ThunksStart);
        guest.Frame(6, 10, 0x3000);
        guest.Frame(10, 0, guest.Process->ExitLabel);

        Walk(guest, guest.AddressOf(2)).Should().Equal(Counter, 0x2fff);
    }

    [Fact]
    public void Trace_goes_on_in_the_guest_below_a_host_function()
    {
        using FakeGuest outer = new(16);
        using FakeGuest inner = new(16);
        inner.Frame(4, 0, inner.Process->ExitLabel);
        inner.Activation->Parent = outer.Activation;
        outer.Activation->HostCallFrame = outer.AddressOf(3);
        outer.Frame(3, 8, 0x5000);
        outer.Frame(8, 12, 0x6000);
        outer.Frame(12, 0, inner.Process->ExitLabel);

        Walk(inner, inner.AddressOf(4)).Should().Equal(Counter, 0x4fff, 0x5fff);
    }

    [Fact]
    public void Waiting_guest_is_walked_from_its_host_call()
    {
        using FakeGuest guest = new(16);
        guest.Activation->HostCallFrame = guest.AddressOf(3);
        guest.Frame(3, 8, 0x5000);
        guest.Frame(8, 0, guest.Process->ExitLabel);
        nuint[] counters = new nuint[Plenty];

        int count = Backtrace.WalkFromHostCall(guest.Activation, guest.Process, counters);

        counters.Take(count).Should().Equal((nuint)0x4fff);
    }

    [Fact]
    public void Parent_that_waits_in_no_host_function_ends_the_trace()
    {
        using FakeGuest outer = new(16);
        using FakeGuest inner = new(16);
        inner.Frame(4, 0, inner.Process->ExitLabel);
        inner.Activation->Parent = outer.Activation;

        Walk(inner, inner.AddressOf(4)).Should().Equal(Counter);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(1000)]
    public void Frame_pointer_outside_the_stack_gives_the_program_counter_only(int word)
    {
        using FakeGuest guest = new(16);
        Walk(guest, guest.AddressOf(word)).Should().Equal(Counter);
    }

    [Fact]
    public void Last_possible_frame_is_read()
    {
        using FakeGuest guest = new(16);
        guest.Frame(14, 0, 0x2000);
        Walk(guest, guest.AddressOf(14)).Should().Equal(Counter, 0x1fff);
    }

    [Fact]
    public void Unaligned_frame_pointer_gives_the_program_counter_only()
    {
        using FakeGuest guest = new(16);
        guest.Frame(2, 6, 0x2000);
        Walk(guest, guest.AddressOf(2) + 1).Should().Equal(Counter);
    }

    [Fact]
    public void Frame_that_leads_to_itself_ends_the_trace()
    {
        using FakeGuest guest = new(16);
        guest.Frame(2, 2, 0x2000);
        Walk(guest, guest.AddressOf(2)).Should().Equal(Counter, 0x1fff);
    }

    [Fact]
    public void Two_frames_that_lead_to_each_other_end_the_trace()
    {
        using FakeGuest guest = new(16);
        guest.Frame(2, 6, 0x2000);
        guest.Frame(6, 2, 0x3000);
        Walk(guest, guest.AddressOf(2)).Should().Equal(Counter, 0x1fff, 0x2fff);
    }

    [Fact]
    public void Trace_stops_at_its_cap()
    {
        using FakeGuest guest = new(64);
        for (int word = 0; word < 60; word += 2)
        {
            guest.Frame(word, word + 2, 0x2000);
        }

        nuint[] counters = new nuint[5];

        Backtrace.Walk(Counter, guest.AddressOf(0), guest.Activation, guest.Process, counters).Should().Be(5);
    }

    [Fact]
    public void No_room_means_no_trace()
    {
        using FakeGuest guest = new(16);
        Backtrace.Walk(Counter, guest.AddressOf(2), guest.Activation, guest.Process, []).Should().Be(0);
    }

    /// <summary>
    /// Stacks full of garbage that looks like frames: pointers into the stack, near its ends, unaligned, back and forth, exit labels.
    /// The words around each stack are odd addresses; one of them in a trace would be a read outside.
    /// </summary>
    [Fact]
    public void Million_garbage_stacks_neither_fault_nor_hang_nor_lead_outside()
    {
        const int Rounds = 1_000_000;
        const int Words = 32;
        const nuint Outside = 0xBAD;
        Random random = new(20_261_124);
        using FakeGuest outer = new(Words);
        using FakeGuest inner = new(Words);
        inner.Activation->Parent = outer.Activation;
        Span<nuint> counters = stackalloc nuint[Words];
        ((nuint*)inner.AddressOf(-1))[0] = Outside;
        ((nuint*)inner.AddressOf(Words))[0] = Outside;
        ((nuint*)outer.AddressOf(-1))[0] = Outside;
        ((nuint*)outer.AddressOf(Words))[0] = Outside;
        long frames = 0;
        long outsiders = 0;
        for (int round = 0; round < Rounds; round++)
        {
            Scribble(random, inner);
            if (round % 8 == 0)
            {
                Scribble(random, outer);
                outer.Activation->HostCallFrame = Garbage(random, outer);
            }

            int count = Backtrace.Walk(Counter, Garbage(random, inner), inner.Activation, inner.Process, counters[..random.Next(1, Words)]);
            frames += count;
            outsiders += counters[..count].Contains(Outside - 1) ? 1 : 0;
        }

        outsiders.Should().Be(0);
        frames.Should().BeGreaterThan(Rounds);
    }

    private static void Scribble(Random random, FakeGuest guest)
    {
        for (int changes = 0; changes < 8; changes++)
        {
            guest.Stack[random.Next(guest.Words)] = Garbage(random, guest);
        }
    }

    private static nuint Garbage(Random random, FakeGuest guest) => random.Next(8) switch
    {
        0 => guest.Process->ExitLabel,
        1 => (nuint)random.NextInt64(),
        2 => guest.AddressOf(random.Next(-2, guest.Words + 2)) + (nuint)random.Next(8),
        3 => nuint.MaxValue - (nuint)random.Next(32),
        4 => 0,
        _ => guest.AddressOf(random.Next(-1, guest.Words + 1)),
    };

    private static nuint[] Walk(FakeGuest guest, nuint frame)
    {
        nuint[] counters = new nuint[Plenty];
        return counters[..Backtrace.Walk(Counter, frame, guest.Activation, guest.Process, counters)];
    }
}
