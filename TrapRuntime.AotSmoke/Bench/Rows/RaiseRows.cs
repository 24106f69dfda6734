namespace TrapRuntime.AotSmoke.Bench.Rows;

/// <summary>Traps that no signal brings: raised by the guest's library, or by a host function.</summary>
internal static unsafe class RaiseRows
{
    private const string Group = "raised trap";

    internal static void AddTo(BenchSuite suite, FloorRows floors, BenchGuests guests, BenchRow hostCall)
    {
        GuestSignature signature = GuestSignature.Create([]);
        HostFunction byStatus = HostFunction.Create(signature, static (ref HostCallContext call) => call.Trap(TrapCode.BadSignature));
        HostFunction byException = HostFunction.Create(signature, static (ref HostCallContext _) =>
        {
            HostCall.RaiseLibTrap(TrapCode.BadSignature);
            return default;
        });
        HostFunction byError = HostFunction.Create(signature, static (ref HostCallContext _) => throw new InvalidOperationException());
        _ = suite.Add(new BenchRow(Group, "native raise", count => Run(guests, HostCall.NativeRaiseTrap, count))
        {
            Floor = floors.Call,
            Target = BenchTarget.AtMost(60),
        });
        _ = suite.Add(new BenchRow(Group, "host function, by status", count => Run(guests, byStatus.Address, count))
        {
            Floor = hostCall,
            Target = BenchTarget.AtMost(60),
        });
        _ = suite.Add(new BenchRow(Group, "host function, by raise exception", count => Run(guests, byException.Address, count)) { Floor = floors.Throw });
        _ = suite.Add(new BenchRow(Group, "host function's exception carried", count => RunCarried(guests, byError.Address, count)) { Floor = floors.Throw });
    }

    private static void Run(BenchGuests guests, nint function, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ = CallLoop.Run(guests, 1, function, (nint)TrapCode.BadSignature);
        }
    }

    private static void RunCarried(BenchGuests guests, nint function, int count)
    {
        for (int i = 0; i < count; i++)
        {
            try
            {
                _ = CallLoop.Run(guests, 1, function);
            }
            catch (InvalidOperationException)
            {
            }
        }
    }
}
