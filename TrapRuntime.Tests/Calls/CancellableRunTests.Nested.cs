using FluentAssertions;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Calls;

/// <content>Guests in host functions of guests, under tokens of their own and of each other.</content>
public sealed unsafe partial class CancellableRunTests
{
    [Fact]
    public void Outer_token_unwinds_the_inner_guest_first_and_lets_the_host_function_finish()
    {
        long started = 0;
        Trap? inner = null;
        bool finished = false;
        using Canceller canceller = new(_source, &started);
        nint word = (nint)(&started);
        Trap outer = CallHost(() =>
        {
            inner = Call(_loop, (void*)word, _other.Token);
            finished = true;
        }, _source.Token)!;

        inner!.Kind.Should().Be(TrapKind.Interrupted);
        inner.Frames.Select(frame => frame.FunctionName).Should().Equal(LoopGuest.Name, CallLoopGuest.Name);
        finished.Should().BeTrue();
        outer.Kind.Should().Be(TrapKind.Interrupted);
        outer.Frames[0].FunctionName.Should().Be(CallLoopGuest.Name);
    }

    [Fact]
    public void Outer_token_reaches_an_inner_guest_that_has_no_token()
    {
        long started = 0;
        nint word = (nint)(&started);
        OperationCanceledException? thrown = null;
        using Canceller canceller = new(_source, &started);
        Trap outer = CallHost(() =>
        {
            try
            {
                GuestCall.Run((delegate* unmanaged<void*, void>)_loop.Start, (void*)word, cancellationToken: CancellationToken.None);
            }
            catch (OperationCanceledException cancelled)
            {
                thrown = cancelled;
            }
        }, _source.Token)!;

        thrown!.CancellationToken.Should().Be(_source.Token);
        outer.Kind.Should().Be(TrapKind.Interrupted);
    }

    [Fact]
    public void Inner_token_ends_the_inner_guest_only()
    {
        long started = 0;
        nint word = (nint)(&started);
        Trap? inner = null;
        using Canceller canceller = new(_other, &started);
        Trap? outer = CallHost(() => inner = Call(_loop, (void*)word, _other.Token), _source.Token);

        inner!.Kind.Should().Be(TrapKind.Interrupted);
        outer.Should().BeNull();
    }

    [Fact]
    public void Guest_between_two_others_ends_with_its_token_and_the_outermost_goes_on()
    {
        long started = 0;
        nint word = (nint)(&started);
        Trap? innermost = null;
        Trap? middle = null;
        using CancellationTokenSource third = new();
        using Canceller canceller = new(_other, &started);
        Trap? outer = CallHost(() =>
            middle = CallHost(() => innermost = Call(_loop, (void*)word, third.Token), _other.Token), _source.Token);

        innermost!.Kind.Should().Be(TrapKind.Interrupted);
        middle!.Kind.Should().Be(TrapKind.Interrupted);
        outer.Should().BeNull();
    }

    [Fact]
    public void Guest_that_would_begin_under_a_fired_outer_token_is_turned_away()
    {
        long state = 0;
        nint word = (nint)(&state);
        List<TrapKind?> kinds = [];
        Trap outer = CallHost(() =>
        {
            _source.Cancel();
            kinds.Add(Call(_answer, (void*)word, _other.Token)?.Kind);
            kinds.Add(Call(_answer, (void*)word, CancellationToken.None)?.Kind);
            kinds.Add(Call(_answer, (void*)word, _source.Token)?.Kind);
        }, _source.Token)!;

        kinds.Should().Equal(TrapKind.Interrupted, TrapKind.Interrupted, TrapKind.Interrupted);
        state.Should().Be(0);
        outer.Kind.Should().Be(TrapKind.Interrupted);
    }

    [Fact]
    public void Outer_token_that_fires_when_the_inner_guest_has_returned_is_not_lost()
    {
        long state = 0;
        nint word = (nint)(&state);
        Trap? inner = Trap.OutOfMemory("never asked");
        Trap outer = CallHost(() =>
        {
            inner = Call(_answer, (void*)word, _other.Token);
            _source.Cancel();
        }, _source.Token)!;

        inner.Should().BeNull();
        outer.Kind.Should().Be(TrapKind.Interrupted);
    }

    [Fact]
    public void Cancellation_thrown_by_an_inner_call_ends_the_outer_call_as_interrupted()
    {
        long started = 0;
        nint word = (nint)(&started);
        using Canceller canceller = new(_source, &started);
        Trap outer = CallHost(() => GuestCall.Run((delegate* unmanaged<void*, void>)_loop.Start, (void*)word, cancellationToken: _other.Token), _source.Token)!;

        outer.Kind.Should().Be(TrapKind.Interrupted);
        outer.Frames[0].FunctionName.Should().Be(LoopGuest.Name);
    }

    [Fact]
    public void Cancellation_thrown_by_a_host_function_itself_comes_out_as_it_is()
    {
        Action call = () => CallHost(() =>
        {
            _source.Cancel();
            _source.Token.ThrowIfCancellationRequested();
        }, _source.Token);
        call.Should().Throw<OperationCanceledException>().Which.InnerException.Should().BeNull();
    }
}
