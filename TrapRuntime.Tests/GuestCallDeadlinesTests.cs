using FluentAssertions;
using TrapRuntime.AotSmoke.Guests;
using Xunit;

namespace TrapRuntime.Tests;

public sealed unsafe class GuestCallDeadlinesTests : IDisposable
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(2);
    private readonly GuestCode _loop = LoopGuest.Emit();
    private readonly GuestCode _answer = ReturnGuest.Emit();

    public void Dispose()
    {
        _loop.Dispose();
        _answer.Dispose();
    }

    [Fact]
    public void Endless_guest_ends_when_its_time_is_over()
    {
        long state = 0;
        Trap trap = GuestCall.CatchTrapsWithin(s_short, Entry(_loop), &state, cancellationToken: CancellationToken.None).Trap!;
        trap.Kind.Should().Be(TrapKind.Interrupted);
    }

    [Fact]
    public void Guest_that_ends_in_time_returns()
    {
        long state = 0;
        GuestCall.RunWithin(Timeout.InfiniteTimeSpan, Entry(_answer), &state, cancellationToken: CancellationToken.None);
        Volatile.Read(ref state).Should().Be(ReturnGuest.Answer);
    }

    [Fact]
    public void Throwing_call_throws_a_timeout_with_the_trap()
    {
        TimeoutException thrown = FluentActions.Invoking(() => RunLoop(s_short, CancellationToken.None)).Should().Throw<TimeoutException>().Which;
        thrown.InnerException.Should().BeOfType<TrapException>().Which.Trap.Frames[0].FunctionName.Should().Be(LoopGuest.Name);
    }

    [Fact]
    public void Token_that_fires_before_the_deadline_is_the_one_that_is_thrown()
    {
        using CancellationTokenSource source = new(s_short);
        FluentActions.Invoking(() => RunLoop(Timeout.InfiniteTimeSpan, source.Token))
            .Should().Throw<OperationCanceledException>().Which.CancellationToken.Should().Be(source.Token);
    }

    [Fact]
    public void No_time_at_all_keeps_the_guest_from_running()
    {
        long state = 0;
        GuestCall.CatchTrapsWithin(TimeSpan.Zero, Entry(_answer), &state, cancellationToken: CancellationToken.None).IsTrap.Should().BeTrue();
        Volatile.Read(ref state).Should().Be(0);
    }

    private static delegate* unmanaged<void*, void> Entry(GuestCode code) => (delegate* unmanaged<void*, void>)code.Start;

    private void RunLoop(TimeSpan timeout, CancellationToken token)
    {
        long state = 0;
        GuestCall.RunWithin(timeout, Entry(_loop), &state, cancellationToken: token);
    }
}
