namespace TrapRuntime.AotSmoke.Bench;

/// <summary>A guest that calls the host that calls a guest, all of which return: two stacks a thread.</summary>
internal sealed unsafe class NestedReturns
{
    private readonly BenchGuests _guests;
    private readonly HostFunction _host;

    internal NestedReturns(BenchGuests guests)
    {
        _guests = guests;
        _host = HostFunction.Create(GuestSignature.Create([]), Nest);
    }

    /// <summary>Does it as often as told.</summary>
    internal void Run(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ = CallLoop.Run(_guests, 1, _host.Address);
        }
    }

    private GuestValue Nest(ref HostCallContext call)
    {
        _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)_guests.Empty.Start, null);
        return default;
    }
}
