using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Signals;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Signals;

public sealed unsafe class InterruptRequestTests
{
    [Fact]
    public void Thread_that_runs_no_guest_is_not_kicked()
    {
        TrapHandlers.InitializeCurrentThread();
        new InterruptRequest(CurrentThread.BlockOrNull, null).TryKick().Should().BeFalse();
    }

    [Fact]
    public void Thread_in_a_host_function_is_not_kicked()
    {
        bool? kicked = null;
        using HostFunction function = HostFunction.Create(GuestSignature.Create([GuestValueKind.Int64]), (ref HostCallContext _) =>
        {
            kicked = new InterruptRequest(CurrentThread.BlockOrNull, null).TryKick();
            return default;
        });
        using GuestCode guest = CallLoopGuest.Emit();
        CallLoopGuest.Calls calls = new() { Function = function.Address, Left = 1 };
        GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, &calls, cancellationToken: CancellationToken.None).ThrowIfTrap();
        kicked.Should().BeFalse();
    }

    [Fact]
    public void Guest_in_code_that_nobody_registered_is_kicked_until_it_returns_to_its_own()
    {
        using CancellationTokenSource source = new();
        using GuestCode guest = CallLoopGuest.Emit();

        // Nearly all of its time the guest is in a function that no registration covers.
        nint foreign = GuestAssembly.MapForeign(CountDown);
        CallLoopGuest.Calls calls = new() { Function = foreign };
        using Canceller canceller = new(source, &calls.Done);
        VMConfig config = new() { CodePolicy = GuestCodePolicy.GuestStack };
        Trap trap = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, &calls, config, default, source.Token).Trap!;
        trap.Kind.Should().Be(TrapKind.Interrupted);
        trap.Frames[0].FunctionName.Should().Be(CallLoopGuest.Name);
    }

    private static void CountDown(X64Emitter e)
    {
        CodeLabel again = e.NewLabel();
        e.Move(Reg64.Rax, 50);
        e.Bind(again);
        e.Subtract(Reg64.Rax, 1);
        e.JumpIf(Condition.NotEqual, again);
        e.Return();
    }
}
