namespace TrapRuntime.AotSmoke.Bench.Rows;

/// <summary>Out of the guest to the host and back.</summary>
internal static unsafe class HostCallRows
{
    private const string Group = "out of the guest";

    internal static void AddTo(BenchSuite suite, FloorRows floors, BenchGuests guests)
    {
        GuestSignature signature = GuestSignature.Create([]);
        HostFunction unmanaged = HostFunction.FromUnmanaged((nint)(delegate* unmanaged<void>)&HostTargets.Nothing, signature);
        HostFunction managed = HostFunction.Create(signature, static (ref HostCallContext _) => default);
        BenchRow row = suite.Add(new BenchRow(Group, "host call, unmanaged target", count => CallLoop.Run(guests, count, unmanaged.Address).ThrowIfTrap())
        {
            Floor = floors.ReverseCall,
            Target = BenchTarget.Above(floors.ReverseCall, 5),
        });
        _ = suite.Add(new BenchRow(Group, "host call, managed callback", count => CallLoop.Run(guests, count, managed.Address).ThrowIfTrap())
        {
            Floor = floors.ReverseCall,
        });
        nint nothing = (nint)(delegate* unmanaged<void>)&HostTargets.Nothing;
        _ = suite.Add(new BenchRow(Group, "native on-host-stack", count => CallLoop.Run(guests, count, HostCall.NativeOnHostStack, nothing).ThrowIfTrap())
        {
            Floor = row,
        });
    }
}
