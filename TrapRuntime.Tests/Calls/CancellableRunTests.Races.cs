using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Signals;
using Xunit;

namespace TrapRuntime.Tests.Calls;

/// <content>Kicks and cancellations at any moment of a call.</content>
public sealed unsafe partial class CancellableRunTests
{
    [Fact]
    public void Stray_kicks_end_nobody()
    {
        long state = 0;
        Call(_answer, &state, _source.Token);
        nint self = CurrentThread.BlockOrNull->Thread;
        bool stop = false;
        Thread kicker = new(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                InterruptSender.Send(self);
            }
        });
        kicker.Start();
        int ended = 0;
        for (int i = 0; i < 20_000; i++)
        {
            ended += Call(_answer, &state, _source.Token) is null ? 0 : 1;
        }

        Volatile.Write(ref stop, true);
        kicker.Join();
        ended.Should().Be(0);
    }

    [Fact]
    public void Cancellation_races_every_window_of_a_call_and_is_never_lost_nor_strikes_the_next()
    {
        long state = 0;
        int wrong = 0;
        for (int i = 0; i < 2_000; i++)
        {
            using CancellationTokenSource source = new();
            using Barrier start = new(2);
            nint spins = i % 200;
            Thread.Yield();
            ThreadPool.UnsafeQueueUserWorkItem(
                static race =>
                {
                    race.Start.SignalAndWait(CancellationToken.None);
                    Thread.SpinWait((int)race.Spins);
                    race.Source.Cancel();
                },
                (Start: start, Spins: spins, Source: source),
                preferLocal: false);
            start.SignalAndWait(CancellationToken.None);

            // Until the token has fired, calls return; then they are refused: the loop ends if nothing is lost.
            while (Call(_answer, &state, source.Token) is null)
            {
                wrong += Call(_answer, &state, _other.Token) is null ? 0 : 1;
            }

            wrong += Call(_answer, &state, _other.Token) is null ? 0 : 1;
        }

        wrong.Should().Be(0);
    }
}
