using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Signals;
using TrapRuntime.Tests.Support;
using TrapRuntime.Traps;
using Xunit;

namespace TrapRuntime.Tests.Traps;

public sealed unsafe class ForeignActivationsTests
{
    // Looking at another thread copies memory that may vanish, which needs the handlers.
    public ForeignActivationsTests() => TrapPath.Ensure();

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Every_open_activation_is_looked_at(int entry, bool expected)
    {
        using FakeGuest outer = new(8);
        using FakeGuest inner = new(8);
        outer.Activation->Entry = 1;
        inner.Activation->Entry = 2;
        ThreadBlock* thread = inner.Thread;
        thread->Innermost = null;
        Nesting.Open(thread, outer.Activation);
        Nesting.Open(thread, inner.Activation);

        ForeignActivations.Any(inner.Thread, activation => activation.Entry == (nuint)entry).Should().Be(expected);
    }

    [Fact]
    public void Closed_activation_is_not_looked_at()
    {
        using FakeGuest outer = new(8);
        using FakeGuest inner = new(8);
        outer.Activation->Entry = 1;
        inner.Activation->Entry = 2;
        ThreadBlock* thread = inner.Thread;
        thread->Innermost = null;
        Nesting.Open(thread, outer.Activation);
        Nesting.Open(thread, inner.Activation);
        Nesting.Close(thread, inner.Activation);
        ForeignActivations.Any(thread, static activation => activation.Entry == 2).Should().BeFalse();
        Nesting.Close(thread, outer.Activation);
        ForeignActivations.Any(thread, static _ => true).Should().BeFalse();
    }

    [Fact]
    public void Activation_on_a_stack_that_is_gone_is_over()
    {
        using FakeGuest guest = new(8);
        guest.Thread->Innermost = (Activation*)0x10;
        ForeignActivations.Any(guest.Thread, static _ => true).Should().BeFalse();
    }

    [Fact]
    public void No_steady_look_satisfies_everything()
    {
        using FakeGuest guest = new(8);
        guest.Thread->NestingVersion = 1;
        ForeignActivations.Any(guest.Thread, static _ => false).Should().BeTrue();
    }

    [Fact]
    public void Thread_that_lost_its_processor_amid_a_change_is_waited_for()
    {
        using FakeGuest guest = new(8);
        ThreadBlock* thread = guest.Thread;
        thread->NestingVersion = 1;
        thread->Innermost = null;
        using Timer change = new(_ => Volatile.Write(ref thread->NestingVersion, 2), null, TimeSpan.FromMilliseconds(50), Timeout.InfiniteTimeSpan);

        ForeignActivations.Any(thread, static _ => true).Should().BeFalse();
    }

    /// <summary>A look at all of a deep nesting takes longer than the thread needs for a change, so none would ever be steady.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(150, false)]
    public void Thread_that_nests_without_a_pause_is_seen_as_it_is(int entry, bool expected)
    {
        const int Steady = 150;
        const int Deepest = 200;
        using FakeGuest guest = new(8);
        ThreadBlock* thread = guest.Thread;
        thread->Innermost = null;
        Activation* activations = (Activation*)NativeMemory.AllocZeroed(Deepest, (nuint)sizeof(Activation));
        for (int i = 0; i < Steady; i++)
        {
            activations[i].Entry = (nuint)i;
            Nesting.Open(thread, &activations[i]);
        }

        bool stop = false;
        Thread nesting = new(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                for (int i = Steady; i < Deepest; i++)
                {
                    Nesting.Open(thread, &activations[i]);
                }

                for (int i = Deepest - 1; i >= Steady; i--)
                {
                    Nesting.Close(thread, &activations[i]);
                }
            }
        });
        nesting.Start();
        bool[] seen = [.. Enumerable.Range(0, 200).Select(_ => ForeignActivations.Any(thread, activation => activation.Entry == (nuint)entry))];
        Volatile.Write(ref stop, true);
        nesting.Join();
        NativeMemory.Free(activations);

        seen.Should().AllBeEquivalentTo(expected);
    }

    [Fact]
    public void Nesting_too_deep_to_be_shown_satisfies_everything()
    {
        using FakeGuest guest = new(8);
        guest.Thread->Depth = ThreadBlock.TrackedActivations + 1;
        ForeignActivations.Any(guest.Thread, static _ => false).Should().BeTrue();
    }
}
