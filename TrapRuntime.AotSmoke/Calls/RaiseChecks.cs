namespace TrapRuntime.AotSmoke.Calls;

/// <summary>Host functions and guest libraries end their guest with a trap of their own.</summary>
internal static unsafe class RaiseChecks
{
    internal static IEnumerable<CallCheck> All =>
    [
        new("Every code can be raised, by exception, by return and by the native entry", EveryCode),
        new("A user trap keeps its error", UserTraps),
        new("Codes that say nothing are refused inside the host function", BadCodes),
        new("The guest ends even if the result of Trap is dropped; an exception afterwards wins", DroppedResult),
        new("Raising where no guest waits is refused", NoGuest),
        new("Raising on another thread is refused there, and the guest goes on", OtherThread),
        new("Called in place with no guest, a host function runs its target and may not raise", InPlaceWithoutGuest),
        new("Called in place again and again, the first reason ends the guest, once", InPlaceTwice),
        new("Called in place by a host function, the guest ends when that has returned", InPlaceFromHost),
        new("OnHostStack runs its action in place", OnHostStack),
        new("A run throws what the guest ended in", Run),
    ];

    private static void EveryCode()
    {
        using CallGuests guests = new();
        using HostFunction raises = HostFunction.Create(CallGuests.One, static (ref HostCallContext call) =>
        {
            HostCall.RaiseLibTrap((TrapCode)call.Arguments[0].AsInt64());
            return default;
        });
        using HostFunction returns = HostFunction.Create(
            CallGuests.One, static (ref HostCallContext call) => call.Trap((TrapCode)call.Arguments[0].AsInt64()));
        foreach (TrapCode code in Enum.GetValues<TrapCode>())
        {
            Require.Trap(TrapKind.Library, code, guests.Call(HostCall.NativeRaiseTrap, (long)code, out _));
            if (code != TrapCode.None)
            {
                Require.Trap(TrapKind.Library, code, guests.Call(raises, (long)code));
                Require.Trap(TrapKind.Library, code, guests.Call(returns, (long)code));
            }
        }

        Require.Trap(TrapKind.Library, TrapCode.None, guests.Call(HostCall.NativeRaiseTrap, -1, out _));
        Require.Trap(TrapKind.Library, TrapCode.None, guests.Call(HostCall.NativeRaiseTrap, int.MaxValue, out _));
    }

    private static void UserTraps()
    {
        using CallGuests guests = new();
        FormatException error = new("the user's");
        using HostFunction raises = HostFunction.Create(CallGuests.One, (ref HostCallContext _) =>
        {
            HostCall.RaiseUserTrap(error);
            return default;
        });
        using HostFunction returns = HostFunction.Create(CallGuests.One, (ref HostCallContext call) => call.Trap(error));
        Require.Same(error, Require.Trap(TrapKind.User, TrapCode.None, guests.Call(raises)).UserError);
        Trap trap = Require.Trap(TrapKind.User, TrapCode.None, guests.Call(returns));
        Require.Same(error, trap.UserError);
        Require.True(trap.Frames.Count > 0 && trap.Frames[0].CodeName == "calls", "the trap names the guest's frame");
        Require.Same(error, Require.Throws<TrapException>(() => guests.Call(returns).ThrowIfTrap()).InnerException);
    }

    private static void BadCodes()
    {
        using CallGuests guests = new();
        foreach (TrapCode code in (ReadOnlySpan<TrapCode>)[TrapCode.None, (TrapCode)(-1), (TrapCode)1000])
        {
            using HostFunction raises = HostFunction.Create(CallGuests.One, (ref HostCallContext _) =>
            {
                HostCall.RaiseLibTrap(code);
                return default;
            });
            using HostFunction returns = HostFunction.Create(CallGuests.One, (ref HostCallContext call) => call.Trap(code));
            _ = Require.Throws<ArgumentOutOfRangeException>(() => guests.Call(raises));
            _ = Require.Throws<ArgumentOutOfRangeException>(() => guests.Call(returns));
        }

        using HostFunction noError = HostFunction.Create(CallGuests.One, static (ref HostCallContext call) => call.Trap((Exception)null!));
        using HostFunction noUserError = HostFunction.Create(CallGuests.One, static (ref HostCallContext _) =>
        {
            HostCall.RaiseUserTrap(null!);
            return default;
        });
        _ = Require.Throws<ArgumentNullException>(() => guests.Call(noError));
        _ = Require.Throws<ArgumentNullException>(() => guests.Call(noUserError));
        _ = Require.Throws<ArgumentNullException>(static () => HostCall.ResumePanic(null!));
    }

    private static void DroppedResult()
    {
        using CallGuests guests = new();
        using HostFunction drops = HostFunction.Create(CallGuests.One, static (ref HostCallContext call) =>
        {
            _ = call.Trap(TrapCode.TableAccessOutOfBounds);
            return call.Arguments[0];
        });
        using HostFunction replaces = HostFunction.Create(CallGuests.One, static (ref HostCallContext call) =>
        {
            _ = call.Trap(TrapCode.TableAccessOutOfBounds);
            return call.Trap(TrapCode.BadSignature);
        });
        using HostFunction throws = HostFunction.Create(CallGuests.One, static (ref HostCallContext call) =>
        {
            _ = call.Trap(TrapCode.TableAccessOutOfBounds);
            throw new InvalidTimeZoneException();
        });
        Require.Trap(TrapKind.Library, TrapCode.TableAccessOutOfBounds, guests.Call(drops));
        Require.Trap(TrapKind.Library, TrapCode.BadSignature, guests.Call(replaces));
        _ = Require.Throws<InvalidTimeZoneException>(() => guests.Call(throws));
    }

    private static void NoGuest()
    {
        RequireRefused();
        using CallGuests guests = new();
        using HostFunction host = HostFunction.Create(CallGuests.One, static (ref HostCallContext call) => call.Arguments[0]);
        Require.Returned(guests.Call(host));
        RequireRefused();
        guests.TrapOnce();
        RequireRefused();
        Thread fresh = new(RequireRefused);
        fresh.Start();
        fresh.Join();
    }

    private static void RequireRefused()
    {
        _ = Require.Throws<InvalidOperationException>(static () => HostCall.RaiseLibTrap(TrapCode.BadSignature));
        _ = Require.Throws<InvalidOperationException>(static () => HostCall.RaiseUserTrap(new FormatException()));
        _ = Require.Throws<InvalidOperationException>(static () => HostCall.ResumePanic(new FormatException()));
    }

    private static void OtherThread()
    {
        using CallGuests guests = new();
        using HostFunction host = HostFunction.Create(CallGuests.One, static (ref HostCallContext call) =>
        {
            Exception? failed = null;
            Thread other = new(() => failed = Require.Catch(RequireRefused));
            other.Start();
            other.Join();
            Require.Nothing(failed);
            return call.Arguments[0];
        });
        Require.Returned(guests.Call(host.Address, 6, out long value));
        Require.Equal(6, value);
    }

    private static void InPlaceWithoutGuest()
    {
        using HostFunction host = HostFunction.Create(CallGuests.One, static (ref HostCallContext call) =>
        {
            RequireRefused();
            return GuestValue.FromInt64(-call.Arguments[0].AsInt64());
        });
        Require.Equal(-9, ((delegate* unmanaged<long, long>)host.Address)(9));
    }

    // The guest asks for a native function on the host stack, which calls a host function twice, each time in place.
    private static void InPlaceTwice()
    {
        using CallGuests guests = new();
        int calls = 0;
        InvalidTimeZoneException first = new("the first");
        using HostFunction host = HostFunction.Create(CallGuests.One, (ref HostCallContext call) =>
        {
            calls++;
            return call.Arguments[0].AsInt64() == 1 ? throw first : throw new FormatException("a later one");
        });
        GuestFunction onHostStack = new(HostCall.NativeOnHostStack, CallGuests.Two);
        GuestValue[] arguments = [GuestValue.FromInt64(guests.Twice), GuestValue.FromInt64(host.Address)];
        Exception? caught = Require.Catch(
            () => onHostStack.Invoke(arguments, out _, new VMConfig { CodePolicy = GuestCodePolicy.GuestStack }));
        Require.Same(first, caught);
        Require.Equal(2, calls);
        RequireUnharmed(guests);
    }

    private static void InPlaceFromHost()
    {
        using CallGuests guests = new();
        using HostFunction inner = HostFunction.Create(
            CallGuests.One, static (ref HostCallContext call) => call.Trap(TrapCode.TableAccessOutOfBounds));
        bool wentOn = false;
        using HostFunction outer = HostFunction.Create(CallGuests.One, (ref HostCallContext call) =>
        {
            long nothing = ((delegate* unmanaged<long, long>)inner.Address)(5);
            nothing += ((delegate* unmanaged<long, long>)inner.Address)(5);
            wentOn = nothing == 0;
            return call.Arguments[0];
        });
        Require.Trap(TrapKind.Library, TrapCode.TableAccessOutOfBounds, guests.Call(outer));
        Require.True(wentOn);
        RequireUnharmed(guests);
    }

    private static void RequireUnharmed(CallGuests guests)
    {
        using HostFunction echo = HostFunction.Create(CallGuests.One, static (ref HostCallContext call) => call.Arguments[0]);
        Require.Returned(guests.Call(echo.Address, 4, out long value));
        Require.Equal(4, value);
        guests.TrapOnce();
    }

    private static void OnHostStack()
    {
        int state = 1;
        HostCall.OnHostStack(ref state, static (ref int value) => value++);
        Require.Equal(2, state);
        using CallGuests guests = new();
        using HostFunction host = HostFunction.Create(CallGuests.One, static (ref HostCallContext call) =>
        {
            long value = call.Arguments[0].AsInt64();
            HostCall.OnHostStack(ref value, static (ref long inner) => inner *= 2);
            return GuestValue.FromInt64(value);
        });
        Require.Returned(guests.Call(host.Address, 21, out long result));
        Require.Equal(42, result);
        _ = Require.Throws<InvalidTimeZoneException>(() => HostCall.OnHostStack(ref state, static (ref int _) => throw new InvalidTimeZoneException()));
        _ = Require.Throws<ArgumentNullException>(() => HostCall.OnHostStack(ref state, null!));
    }

    private static void Run()
    {
        using CallGuests guests = new();
        nint divide = guests.DivideByZero;
        Require.Equal(
            TrapCode.IntegerDivisionByZero,
            Require.Throws<TrapException>(() => GuestCall.Run((delegate* unmanaged<void*, void>)divide, null)).Trap.Code);
        using CancellationTokenSource source = new();
        source.Cancel();
        Require.Equal(
            source.Token,
            Require.Throws<OperationCanceledException>(
                () => GuestCall.Run((delegate* unmanaged<void*, void>)divide, null, cancellationToken: source.Token)).CancellationToken);
    }
}
