namespace TrapRuntime.AotSmoke.Guests;

/// <summary>Guests that call the host that calls guests, as deep as wanted, on any number of threads at once.</summary>
internal sealed unsafe class Descent : IDisposable
{
    private static readonly GuestSignature s_signature = GuestSignature.Create([GuestValueKind.Int64], GuestValueKind.Int64);

    private readonly GuestCode _guest = CallWithArgumentGuest.Emit();
    private readonly HostFunction _host;
    private readonly VMConfig? _config;
    private readonly Action? _atBottom;
    private readonly Action<Trap>? _onTrap;

    /// <summary>Prepares the way down.</summary>
    /// <param name="config">What every call is made with.</param>
    /// <param name="atBottom">What the host does when it is called at the bottom.</param>
    /// <param name="onTrap">Who is told of the traps in which calls end.</param>
    internal Descent(VMConfig? config = null, Action? atBottom = null, Action<Trap>? onTrap = null)
    {
        _config = config;
        _atBottom = atBottom;
        _onTrap = onTrap;
        _host = HostFunction.Create(s_signature, Next);
    }

    /// <summary>Goes down and comes back up.</summary>
    /// <param name="depth">How many guests to go through.</param>
    /// <returns>How many there were.</returns>
    internal long Go(long depth)
    {
        CallWithArgumentGuest.Call call = new() { Function = _host.Address, Argument = (nuint)(depth - 1) };
        Trap? trap = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)_guest.Start, &call, _config).Trap;
        if (trap is null)
        {
            return (long)call.Result + 1;
        }

        _onTrap?.Invoke(trap);
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _host.Dispose();
        _guest.Dispose();
    }

    private GuestValue Next(ref HostCallContext call)
    {
        long left = call.Arguments[0].AsInt64();
        if (left > 0)
        {
            return GuestValue.FromInt64(Go(left));
        }

        _atBottom?.Invoke();
        return GuestValue.FromInt64(0);
    }
}
