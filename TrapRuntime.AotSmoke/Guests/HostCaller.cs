namespace TrapRuntime.AotSmoke.Guests;

/// <summary>Runs a guest that calls one host function with one number.</summary>
internal static unsafe class HostCaller
{
    private static readonly GuestSignature s_signature = GuestSignature.Create([GuestValueKind.Int64], GuestValueKind.Int64);

    /// <summary>Lets a guest call a callback.</summary>
    /// <param name="callback">What the guest calls.</param>
    /// <param name="argument">What it passes.</param>
    /// <param name="result">What it got back.</param>
    /// <param name="cancellationToken">Stops the guest.</param>
    /// <returns>What the guest call came to.</returns>
    internal static Trap? Call(HostCallback callback, long argument, out long result, CancellationToken cancellationToken = default)
    {
        using HostFunction host = HostFunction.Create(s_signature, callback);
        return Call(host, argument, out result, cancellationToken);
    }

    /// <summary>Lets a guest call an unmanaged method <c>long (long)</c>.</summary>
    /// <inheritdoc cref="Call(HostCallback, long, out long, CancellationToken)"/>
    internal static Trap? Call(delegate* unmanaged<long, long> target, long argument, out long result)
    {
        using HostFunction host = HostFunction.FromUnmanaged((nint)target, s_signature);
        return Call(host, argument, out result, default);
    }

    private static Trap? Call(HostFunction host, long argument, out long result, CancellationToken cancellationToken)
    {
        using GuestCode guest = CallWithArgumentGuest.Emit();
        CallWithArgumentGuest.Call call = new() { Function = host.Address, Argument = (nuint)argument };
        Trap? trap = GuestCall.CatchTraps(
            (delegate* unmanaged<void*, void>)guest.Start, &call, cancellationToken: cancellationToken).Trap;
        result = (long)call.Result;
        return trap;
    }
}
