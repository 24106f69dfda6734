using FluentAssertions;
using TrapRuntime.Calls;
using Xunit;

namespace TrapRuntime.Tests.Calls;

/// <content>Threads that somebody interrupts in .NET's sense.</content>
public sealed unsafe partial class CancellableRunTests
{
    [Fact]
    public void Interrupted_thread_still_waits_for_a_callback_that_is_under_way_and_stays_interrupted()
    {
        using ManualResetEventSlim begun = new();
        bool finished = false;
        bool finishedFirst = false;
        bool isInterrupted = false;
        CancellationTokenRegistration registration = _source.Token.UnsafeRegister(
            _ =>
            {
                begun.Set();
                Thread.Sleep(100);
                Volatile.Write(ref finished, true);
            },
            null);
        Thread waiting = new(() =>
        {
            CancellableRun.TakeBack(registration);
            finishedFirst = Volatile.Read(ref finished);
            try
            {
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }
        });
        Thread cancelling = new(_source.Cancel);
        cancelling.Start();
        begun.Wait(TestContext.Current.CancellationToken);
        waiting.Start();
        waiting.Interrupt();
        waiting.Join(TimeSpan.FromSeconds(30)).Should().BeTrue();
        cancelling.Join();

        finishedFirst.Should().BeTrue();
        isInterrupted.Should().BeTrue();
    }
}
