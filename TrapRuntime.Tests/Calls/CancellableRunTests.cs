using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.Signals;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Calls;

public sealed unsafe partial class CancellableRunTests : IDisposable
{
    private static readonly GuestSignature s_oneWord = GuestSignature.Create([GuestValueKind.Int64]);

    private readonly GuestCode _loop = LoopGuest.Emit();
    private readonly GuestCode _callLoop = CallLoopGuest.Emit();
    private readonly GuestCode _answer = ReturnGuest.Emit();
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenSource _other = new();

    public void Dispose()
    {
        ThreadBlock* thread = CurrentThread.BlockOrNull;
        (thread == null ? 0 : thread->Attention).Should().Be(0, "every call takes back what its token raised");
        _loop.Dispose();
        _callLoop.Dispose();
        _answer.Dispose();
        _source.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void Endless_loop_ends_where_it_is_and_the_trap_says_where()
    {
        long started = 0;
        using Canceller canceller = new(_source, &started);
        Trap trap = Call(_loop, &started, _source.Token)!;

        trap.Kind.Should().Be(TrapKind.Interrupted);
        trap.Code.Should().Be(TrapCode.HostInterrupt);
        trap.ProgramCounter.Should().BeInRange((nuint)_loop.Start, (nuint)_loop.Start + _loop.Length);
        trap.Registers!.Value.ProgramCounter.Should().Be(trap.ProgramCounter);
        trap.Registers!.Value.General[7].Should().Be((nuint)(&started), "rdi still holds the argument");
        trap.Frames[0].FunctionName.Should().Be(LoopGuest.Name);
    }

    [Fact]
    public void Throwing_call_throws_with_the_token()
    {
        long started = 0;
        using Canceller canceller = new(_source, &started);
        OperationCanceledException? thrown = null;
        try
        {
            GuestCall.Run((delegate* unmanaged<void*, void>)_loop.Start, &started, cancellationToken: _source.Token);
        }
        catch (OperationCanceledException cancelled)
        {
            thrown = cancelled;
        }

        thrown!.CancellationToken.Should().Be(_source.Token);
        thrown.InnerException.Should().BeOfType<TrapException>().Which.Trap.Kind.Should().Be(TrapKind.Interrupted);
    }

    [Fact]
    public void Guest_cancelled_beforehand_never_runs()
    {
        _source.Cancel();
        long state = 0;
        Trap trap = Call(_answer, &state, _source.Token)!;

        trap.Kind.Should().Be(TrapKind.Interrupted);
        trap.ProgramCounter.Should().Be((nuint)_answer.Start);
        trap.Frames.Should().ContainSingle().Which.FunctionName.Should().Be(ReturnGuest.Name);
        state.Should().Be(0);
    }

    [Fact]
    public void Guest_cancelled_beforehand_needs_no_stack()
    {
        long before = CurrentThread.BlockOrNull == null ? 0 : Hits();
        _source.Cancel();
        long state = 0;
        Call(_answer, &state, _source.Token)!.Kind.Should().Be(TrapKind.Interrupted);
        Hits().Should().Be(before);

        static long Hits() => CurrentThread.BlockOrNull->StackSlotHits + CurrentThread.BlockOrNull->StackPoolHits;
    }

    [Fact]
    public void Unannounced_code_is_refused_even_when_cancelled_beforehand()
    {
        _source.Cancel();
        Action call = () => Call((nint)1, null, _source.Token);
        call.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Token_that_does_not_fire_stops_nothing()
    {
        long state = 0;
        Call(_answer, &state, _source.Token).Should().BeNull();
        state.Should().Be(ReturnGuest.Answer);
    }

    [Fact]
    public void Token_that_fires_after_the_call_strikes_nobody()
    {
        long state = 0;
        Call(_answer, &state, _source.Token).Should().BeNull();
        _source.Cancel();
        Call(_answer, &state, _other.Token).Should().BeNull();
        Call(_answer, &state, CancellationToken.None).Should().BeNull();
    }

    [Fact]
    public void Guest_that_lost_its_stack_pointer_ends()
    {
        using GuestCode guest = LostStackGuest.Emit();
        long started = 0;
        using Canceller canceller = new(_source, &started);
        Trap trap = Call(guest, &started, _source.Token)!;
        trap.Kind.Should().Be(TrapKind.Interrupted);
        trap.Frames.Should().ContainSingle().Which.FunctionName.Should().Be(LostStackGuest.Name);
    }

    [Fact]
    public void Host_function_that_cancels_finishes_and_then_its_guest_ends_at_the_call()
    {
        bool finished = false;
        Trap trap = CallHost(() =>
        {
            _source.Cancel();
            finished = true;
        }, _source.Token)!;

        finished.Should().BeTrue();
        trap.Kind.Should().Be(TrapKind.Interrupted);
        trap.Frames[0].FunctionName.Should().Be(CallLoopGuest.Name);
        trap.ProgramCounter.Should().Be(trap.Frames[0].ProgramCounter);
        trap.Registers.Should().BeNull("the host function had them last");
    }

    [Fact]
    public void Host_function_that_raises_wins_over_its_cancelled_token()
    {
        Trap trap = CallHost(() =>
        {
            _source.Cancel();
            HostCall.RaiseLibTrap(TrapCode.TableAccessOutOfBounds);
        }, _source.Token)!;
        trap.Kind.Should().Be(TrapKind.Library);
    }

    [Fact]
    public void Exception_of_a_host_function_wins_over_its_cancelled_token()
    {
        InvalidTimeZoneException error = new();
        Action call = () => CallHost(() =>
        {
            _source.Cancel();
            throw error;
        }, _source.Token);
        call.Should().Throw<InvalidTimeZoneException>().Which.Should().BeSameAs(error);
    }

    [Fact]
    public void Callback_of_the_same_token_may_call_guests()
    {
        long state = 0;
        nint word = (nint)(&state);
        Trap? own = null;
        Trap? free = Trap.OutOfMemory("never asked");
        using CancellationTokenRegistration registration = _source.Token.Register(() =>
        {
            own = Call(_answer, (void*)word, _source.Token);
            free = Call(_answer, (void*)word, _other.Token);
        });
        _source.Cancel();

        own!.Kind.Should().Be(TrapKind.Interrupted);
        free.Should().BeNull();
    }

    [Fact]
    public void Token_that_is_cancelled_twice_ends_the_call_once()
    {
        long started = 0;
        using Canceller first = new(_source, &started);
        using Canceller second = new(_source, &started);
        Call(_loop, &started, _source.Token)!.Kind.Should().Be(TrapKind.Interrupted);
        Call(_answer, &started, _other.Token).Should().BeNull();
    }

    [Fact]
    public void Linked_token_stops_a_guest()
    {
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(_source.Token, _other.Token);
        long started = 0;
        using Canceller canceller = new(_other, &started);
        Call(_loop, &started, linked.Token)!.Kind.Should().Be(TrapKind.Interrupted);
    }

    [Fact]
    public void Deadline_stops_a_guest()
    {
        long started = 0;
        _source.CancelAfter(TimeSpan.FromMilliseconds(5));
        Call(_loop, &started, _source.Token)!.Kind.Should().Be(TrapKind.Interrupted);
    }

    [Fact]
    public void Guest_function_with_values_is_stopped_too()
    {
        GuestFunction function = new(_loop.Start, s_oneWord);
        long started = 0;
        using Canceller canceller = new(_source, &started);
        TrapResult result = function.Invoke([GuestValue.FromInt64((long)&started)], out _, cancellationToken: _source.Token);
        result.Trap!.Kind.Should().Be(TrapKind.Interrupted);
    }

    [Fact]
    public void Call_under_a_token_allocates_nothing()
    {
        long state = 0;
        for (int i = 0; i < 10; i++)
        {
            Call(_answer, &state, _source.Token);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Call(_answer, &state, _source.Token);
        }

        GC.GetAllocatedBytesForCurrentThread().Should().Be(before);
    }

    private static Trap? Call(GuestCode code, void* state, CancellationToken token) => Call(code.Start, state, token);

    private static Trap? Call(nint code, void* state, CancellationToken token) =>
        GuestCall.CatchTraps((delegate* unmanaged<void*, void>)code, state, cancellationToken: token).Trap;

    // Calls the action once, through a guest.
    private Trap? CallHost(Action action, CancellationToken token)
    {
        using HostFunction function = HostFunction.Create(s_oneWord, (ref HostCallContext _) =>
        {
            action();
            return default;
        });
        CallLoopGuest.Calls calls = new() { Function = function.Address, Left = 1 };
        return Call(_callLoop, &calls, token);
    }
}
