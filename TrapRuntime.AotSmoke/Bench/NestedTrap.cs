namespace TrapRuntime.AotSmoke.Bench;

/// <summary>Guests that call the host that calls guests, some layers deep; the innermost one traps, the others return.</summary>
internal sealed unsafe class NestedTrap
{
    private readonly BenchGuests _guests;
    private readonly HostFunction _host;
    private readonly int _layers;
    private int _left;

    internal NestedTrap(BenchGuests guests, int layers)
    {
        _guests = guests;
        _layers = layers;
        _host = HostFunction.Create(GuestSignature.Create([]), Descend);
    }

    /// <summary>Goes down and up, as often as told.</summary>
    internal void Run(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _left = _layers;
            _ = Enter();
        }
    }

    private GuestValue Descend(ref HostCallContext call)
    {
        _ = Enter();
        return default;
    }

    private TrapResult Enter() => --_left <= 0
        ? GuestCall.CatchTraps((delegate* unmanaged<void*, void>)_guests.NullRead.Start, null)
        : CallLoop.Run(_guests, 1, _host.Address);
}
