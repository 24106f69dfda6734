namespace TrapRuntime.AotSmoke.Calls;

/// <summary>The host's mistakes are refused before anything runs.</summary>
internal static unsafe class RefusalChecks
{
    internal static IEnumerable<CallCheck> All =>
    [
        new("Wrong counts and kinds of arguments are refused before anything runs", WrongArguments),
        new("Nulls and zeros are refused", Nulls),
        new("Code that nobody announced is refused before anything runs", Unannounced),
        new("Unknown kinds are refused", UnknownKinds),
        new("A value is not read as another kind", WrongReads),
        new("A token that has fired keeps the guest from running", FiredToken),
    ];

    private static void WrongArguments()
    {
        using CallGuests guests = new();
        int calls = 0;
        using HostFunction host = HostFunction.Create(CallGuests.One, (ref HostCallContext call) =>
        {
            calls++;
            return call.Arguments[0];
        });
        GuestValue address = GuestValue.FromInt64(host.Address);
        GuestValue[][] wrong =
        [
            [],
            [address],
            [address, address, address],
            [address, GuestValue.FromInt32(1)],
            [GuestValue.FromFloat64(1), address],
            [default, default],
        ];
        foreach (GuestValue[] arguments in wrong)
        {
            _ = Require.Throws<ArgumentException>(() => guests.Apply.Invoke(arguments, out _));
        }

        Require.Equal(0, calls);
        Require.Returned(guests.Call(host));
        Require.Equal(1, calls);
    }

    private static void Nulls()
    {
        _ = Require.Throws<ArgumentNullException>(static () => _ = HostFunction.Create(null!, static (ref HostCallContext _) => default));
        _ = Require.Throws<ArgumentNullException>(static () => _ = HostFunction.Create(CallGuests.One, null!));
        _ = Require.Throws<ArgumentNullException>(static () => _ = HostFunction.FromUnmanaged(1, null!));
        _ = Require.Throws<ArgumentException>(static () => _ = HostFunction.FromUnmanaged(0, CallGuests.One));
        _ = Require.Throws<ArgumentException>(static () => _ = new GuestFunction(0, CallGuests.One));
        _ = Require.Throws<ArgumentNullException>(static () => _ = new GuestFunction(1, null!));
        _ = Require.Throws<ArgumentNullException>(static () => _ = GuestCall.CatchTraps(null, null));
        _ = Require.Throws<ArgumentNullException>(static () => GuestCall.Run(null, null));
    }

    private static void Unannounced()
    {
        GuestFunction unknown = new(1, CallGuests.Two);
        GuestValue[] arguments = [GuestValue.FromInt64(1), GuestValue.FromInt64(1)];
        Require.True(
            Require.Throws<InvalidOperationException>(() => unknown.Invoke(arguments, out _)).Message.Contains("0x1", StringComparison.Ordinal));
        CallGuests guests = new();
        guests.TrapOnce();
        guests.Dispose();
        _ = Require.Throws<InvalidOperationException>(() => guests.Apply.Invoke(arguments, out _));
    }

    private static void UnknownKinds()
    {
        _ = Require.Throws<ArgumentOutOfRangeException>(static () => _ = GuestSignature.Create([(GuestValueKind)4]));
        _ = Require.Throws<ArgumentOutOfRangeException>(static () => _ = GuestSignature.Create([], (GuestValueKind)255));
    }

    private static void WrongReads()
    {
        _ = Require.Throws<InvalidOperationException>(static () => _ = GuestValue.FromInt32(1).AsInt64());
        _ = Require.Throws<InvalidOperationException>(static () => _ = GuestValue.FromInt64(1).AsFloat64());
        _ = Require.Throws<InvalidOperationException>(static () => _ = GuestValue.FromFloat32(1).AsFloat64());
        _ = Require.Throws<InvalidOperationException>(static () => _ = GuestValue.FromFloat64(1).AsInt32());
    }

    private static void FiredToken()
    {
        using CallGuests guests = new();
        using CancellationTokenSource source = new();
        source.Cancel();
        int calls = 0;
        using HostFunction host = HostFunction.Create(CallGuests.One, (ref HostCallContext call) =>
        {
            calls++;
            return call.Arguments[0];
        });
        Require.Trap(TrapKind.Interrupted, TrapCode.HostInterrupt, guests.Call(host.Address, 1, out _, source.Token));
        Require.Equal(0, calls);
        Require.Returned(guests.Call(host));
    }
}
