using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Calls;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms;
using TrapRuntime.Tests.MachineCode.X64.Running;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

[Collection(ThunksCollection.Name)]
public sealed unsafe class EnterThunkTests
{
    private const uint InexactFlag = 1 << 5;

    private static readonly GuestMess[] s_singles =
    [
        GuestMess.None, GuestMess.Registers, GuestMess.Direction, GuestMess.Control, GuestMess.Mmx, GuestMess.Uppers,
        GuestMess.Sticky, GuestMess.Alignment, GuestMess.Pending, GuestMess.All, (GuestMess.All | GuestMess.Pending) & ~GuestMess.Mmx,
    ];

    /// <summary>A guest that returns keeps to its convention, but for these.</summary>
    private static readonly GuestMess[] s_survivedByReturns =
    [
        GuestMess.None, GuestMess.Registers, GuestMess.Direction, GuestMess.Control, GuestMess.Sticky, GuestMess.Pending,
        GuestMess.Registers | GuestMess.Direction | GuestMess.Control | GuestMess.Sticky | GuestMess.Pending,
    ];

    /// <summary>The convention asks for a clear direction flag and no MMX state at a call, and nobody turns alignment checks on.</summary>
    private static readonly GuestMess[] s_survivedByHostCalls =
    [
        GuestMess.None, GuestMess.Registers, GuestMess.Control, GuestMess.Uppers, GuestMess.Sticky, GuestMess.Pending,
        GuestMess.Registers | GuestMess.Control | GuestMess.Uppers | GuestMess.Sticky | GuestMess.Pending,
    ];

    private static CancellationTokenSource? s_source;

    public static TheoryData<GuestEnd, GuestMess> Endings => new(
        from end in Enum.GetValues<GuestEnd>()
        from mess in end switch
        {
            GuestEnd.Return => s_survivedByReturns,
            GuestEnd.InterruptedAtTheDoor => [GuestMess.None],
            GuestEnd.NativeRaise or GuestEnd.InterruptedInHostFunction or GuestEnd.RaisedByHostFunction => s_survivedByHostCalls,
            _ => s_singles,
        }
        select (end, mess));

    [Theory]
    [MemberData(nameof(Endings))]
    public void Host_state_survives_however_the_guest_ends(GuestEnd end, GuestMess mess)
    {
        using EnterProbe probe = new();

        TrapResult result = Run(probe, end, mess);

        ShouldHaveEnded(result, end);
        probe.HostStateShouldBeIntact();
        if (end is not (GuestEnd.Return or GuestEnd.InterruptedAtTheDoor))
        {
            probe.UppersShouldBeZero();
        }

        if (end is not (GuestEnd.Return or GuestEnd.InterruptedAtTheDoor or GuestEnd.NativeRaise or GuestEnd.RaisedByHostFunction))
        {
            probe.HostStateShouldBeClean();
        }
    }

    /// <summary>Managed code left them dirty, and every old vector instruction after it cost 70 cycles.</summary>
    [Fact]
    public void Guest_begins_with_clean_upper_halves()
    {
        Assert.SkipUnless(Avx.IsSupported, "This processor has no upper halves.");
        ThreadBlock* thread = ThunkVariant.ReadyThread();
        float one = 1;
        using CodeBuffer dirtyAndEnter = CodeBuffer.TryCreate(Dirty(&one, ThunkVariant.Thunks.Enter))!;
        using GuestCode guest = GuestCode.Emit(StoreUppers());
        byte[] uppers = new byte[ProbeRecord.Vectors * ProbeRecord.HalfBytes];
        Array.Fill(uppers, (byte)0xFF);
        fixed (byte* target = uppers)
        {
            thread->Enter = dirtyAndEnter.Start;
            TrapResult result = Call(guest, target);
            thread->Enter = ThunkVariant.Thunks.Enter;
            result.IsTrap.Should().BeFalse();
        }

        uppers.Should().OnlyContain(b => b == 0);
    }

    [Theory]
    [InlineData(GuestEnd.Return)]
    [InlineData(GuestEnd.NativeRaise)]
    public void Sticky_flags_alone_cost_no_reload(GuestEnd end)
    {
        using EnterProbe probe = new();

        Run(probe, end, GuestMess.Sticky);

        probe.Mxcsr.Should().Be(EnterProbe.HostMxcsr | InexactFlag, "a reload would have brought the host's flags back");
    }

    [Theory]
    [InlineData(GuestEnd.Return)]
    [InlineData(GuestEnd.NullRead)]
    [InlineData(GuestEnd.NativeRaise)]
    public void Other_rounding_is_answered_by_a_reload(GuestEnd end)
    {
        using EnterProbe probe = new();

        Run(probe, end, GuestMess.Sticky | GuestMess.Control);

        probe.Mxcsr.Should().Be(EnterProbe.HostMxcsr);
    }

    [Fact]
    public void Guest_stack_is_aligned_as_a_call_leaves_it()
    {
        using EnterProbe probe = new();
        ProbeRecord* record = probe.Record;
        using GuestCode code = GuestCode.Emit(new CodeWriter().Emit(e =>
        {
            e.Store(Reg64.Rdi, 0, Reg64.Rsp);
            e.Return();
        }).Finish());

        Run(code, &record->Scratch).IsTrap.Should().BeFalse();

        (record->Scratch % 16).Should().Be(8);
    }

    private static TrapResult Run(GuestCode code, void* state) =>
        GuestCall.CatchTraps((delegate* unmanaged<void*, void>)code.Start, state);

    private static TrapResult Run(EnterProbe probe, GuestEnd end, GuestMess mess)
    {
        using GuestCode code = GuestCode.Emit(TestGuest.Code(mess, end, probe.Record));
        delegate* unmanaged<void*, void> body = (delegate* unmanaged<void*, void>)code.Start;
        nint target = (nint)(end == GuestEnd.RaisedByHostFunction ? (delegate* unmanaged<void>)&Raise : &Cancel);
        using TestSlot slot = new(ThunkVariant.Thunks.HostCall, target, 0);
        probe.Record->Slot = slot.Address;
        probe.Record->Adapter = ThunkVariant.Thunks.HostCall;
        if (end is not (GuestEnd.InterruptedAtTheDoor or GuestEnd.InterruptedWhileRunning or GuestEnd.InterruptedInHostFunction))
        {
            return GuestCall.CatchTraps(body, null);
        }

        using CancellationTokenSource source = new();
        s_source = source;
        if (end == GuestEnd.InterruptedInHostFunction)
        {
            return GuestCall.CatchTraps(body, null, cancellationToken: source.Token);
        }

        if (end == GuestEnd.InterruptedAtTheDoor)
        {
            // As a token that fires between the last look outside and the door.
            ThreadBlock* thread = CurrentThread.BlockOrNull;
            thread->Attention = 1;
            TrapResult refused = GuestCall.CatchTraps(body, null);
            thread->Attention = 0;
            return refused;
        }

        ProbeRecord* record = probe.Record;
        bool ended = false;
        Thread canceller = new(() =>
        {
            SpinWait.SpinUntil(() => Volatile.Read(ref record->Running) != 0 || Volatile.Read(ref ended));
            source.Cancel();
        });
        canceller.Start();
        TrapResult result = GuestCall.CatchTraps(body, null, cancellationToken: source.Token);
        Volatile.Write(ref ended, true);
        canceller.Join();
        return result;
    }

    [UnmanagedCallersOnly]
    private static void Cancel() => s_source!.Cancel();

    [UnmanagedCallersOnly]
    private static void Raise() => HostDispatch.End(HostRaise.Library(TestGuest.RaisedCode));

    private static void ShouldHaveEnded(TrapResult result, GuestEnd end)
    {
        if (end == GuestEnd.Return)
        {
            result.IsTrap.Should().BeFalse();
            return;
        }

        (TrapKind Kind, TrapCode Code, string Signal) expected = end switch
        {
            GuestEnd.NullRead => (TrapKind.Hardware, TrapCode.None, "SIGSEGV"),
            GuestEnd.UndefinedInstruction => (TrapKind.Hardware, TrapCode.None, "SIGILL"),
            GuestEnd.TrapInstruction => (TrapKind.Hardware, TrapCode.HeapMisaligned, "SIGILL"),
            GuestEnd.DivideByZero => (TrapKind.Hardware, TrapCode.IntegerDivisionByZero, "SIGFPE"),
            GuestEnd.BusError => (TrapKind.Hardware, TrapCode.None, "SIGBUS"),
            GuestEnd.CallToNull => (TrapKind.Hardware, TrapCode.None, "SIGSEGV"),
            GuestEnd.StackOverflow => (TrapKind.Hardware, TrapCode.StackOverflow, "SIGSEGV"),
            GuestEnd.NativeRaise or GuestEnd.RaisedByHostFunction => (TrapKind.Library, TestGuest.RaisedCode, ""),
            _ => (TrapKind.Interrupted, TrapCode.HostInterrupt, ""),
        };
        Trap trap = result.Trap!;
        trap.Kind.Should().Be(expected.Kind);
        trap.Code.Should().Be(expected.Code);
        if (trap.Kind == TrapKind.Hardware)
        {
            PlatformFaults.NameOf(trap.Signal).Should().Be(expected.Signal);
        }
    }

    private static TrapResult Call(GuestCode guest, void* state) => GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, state);

    // In and out: as the enter thunk, but for the upper halves.
    private static byte[] Dirty(float* value, nint enter)
    {
        CodeWriter code = new();
        code.Emit(e =>
        {
            e.Push(Reg64.Rdi);
            e.Move(Reg64.Rdi, (nint)value);
        });
        VectorCode.FillAll(code);
        return code.Emit(e =>
        {
            e.Pop(Reg64.Rdi);
            e.Move(Reg64.Rax, enter);
            e.Push(Reg64.Rax);
            e.Return();
        }).Finish();
    }

    private static byte[] StoreUppers()
    {
        CodeWriter code = new();
        VectorCode.StoreUppers(code);
        return code.Emit(e =>
        {
            e.ZeroUpperVectors();
            e.Return();
        }).Finish();
    }
}
