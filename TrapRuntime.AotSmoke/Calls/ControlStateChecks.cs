using System.Runtime.CompilerServices;
using TrapRuntime.MachineCode;

namespace TrapRuntime.AotSmoke.Calls;

/// <summary>Host functions run with the host's floating-point control and flags, guests get theirs back.</summary>
internal static unsafe class ControlStateChecks
{
    /// <summary>Rounds up, flushes subnormals both ways, has every exception masked.</summary>
    private const uint OddMxcsr = 0xDFC0;

    /// <summary>Rounds to zero, has division by zero unmasked.</summary>
    private const uint OddX87 = 0x0F7B;

    private const uint MxcsrControlBits = 0xFFC0;
    private const uint DefaultMxcsr = 0x1F80;
    private const uint DefaultX87 = 0x037F;
    private const uint X87Bits = 0xFFFF;
    private const ulong DirectionFlag = 0x400;
    private const ulong OneThird = 0x3FD5_5555_5555_5555; // rounded to nearest
    private const double Subnormal = 1e-310;
    private const int Elements = 10_000;

    internal static IEnumerable<CallCheck> All =>
    [
        new("An unmanaged host function finds the host's control state, the guest its own afterwards", Unmanaged),
        new("A managed host function computes and copies as ever, whatever the guest set", Managed),
        new("The host's control state survives a guest that traps with its own", AfterTrap),
    ];

    private static void Unmanaged()
    {
        ControlStateGuest.State state = NewState();
        using CodeBuffer observer = CodeBuffer.TryCreate(ControlStateGuest.WriteObserver((nint)(&state)))!;
        using HostFunction host = HostFunction.FromUnmanaged(observer.Start, GuestSignature.Create([]));
        Call(host, ref state);
        Require.Equal(DefaultMxcsr, state.MxcsrOfHost & MxcsrControlBits);
        Require.Equal(DefaultX87, state.X87OfHost & X87Bits);
        Require.Equal(0UL, state.FlagsOfHost & DirectionFlag);
    }

    private static void Managed()
    {
        ControlStateGuest.State state = NewState();
        bool asEver = false;
        using HostFunction host = HostFunction.Create(GuestSignature.Create([]), (ref HostCallContext _) =>
        {
            asEver = ComputesAsEver();
            return default;
        });
        Call(host, ref state);
        Require.True(asEver);
        Require.True(ComputesAsEver());
    }

    private static void AfterTrap()
    {
        ControlStateGuest.State state = NewState();
        using HostFunction host = HostFunction.Create(GuestSignature.Create([]), static (ref HostCallContext call) => call.Trap(TrapCode.BadSignature));
        using GuestCode guest = GuestCode.Emit(ControlStateGuest.Write());
        state.Function = host.Address;
        Require.Trap(TrapKind.Library, TrapCode.BadSignature, GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, &state));
        Require.True(ComputesAsEver());

        state.Function = 0;
        Require.True(GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, &state).IsTrap);
        Require.True(ComputesAsEver());
    }

    private static ControlStateGuest.State NewState() => new() { Mxcsr = OddMxcsr, X87 = OddX87 };

    private static void Call(HostFunction host, ref ControlStateGuest.State state)
    {
        using GuestCode guest = GuestCode.Emit(ControlStateGuest.Write());
        state.Function = host.Address;
        fixed (ControlStateGuest.State* pinned = &state)
        {
            Require.Returned(GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, pinned));
        }

        Require.Equal(OddMxcsr, state.MxcsrAfter & MxcsrControlBits);
        Require.Equal(OddX87, state.X87After & X87Bits);
    }

    private static bool ComputesAsEver()
    {
        byte[] bytes = new byte[Elements];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)i;
        }

        bytes.AsSpan(0, Elements - 1).CopyTo(bytes.AsSpan(1));
        bool copied = bytes[0] == 0;
        for (int i = 1; i < bytes.Length; i++)
        {
            copied &= bytes[i] == (byte)(i - 1);
        }

        return copied && BitConverter.DoubleToUInt64Bits(Divide(1, 3)) == OneThird && Divide(Subnormal, 1) == Subnormal;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Divide(double dividend, double divisor) => dividend / divisor;
}
