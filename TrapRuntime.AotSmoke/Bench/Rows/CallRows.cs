namespace TrapRuntime.AotSmoke.Bench.Rows;

/// <summary>Into the guest and back, nothing going wrong.</summary>
internal static unsafe class CallRows
{
    private const string Group = "into the guest";

    internal static void AddTo(BenchSuite suite, FloorRows floors, BenchGuests guests)
    {
        nint empty = guests.Empty.Start;
        _ = suite.Add(new BenchRow(Group, "catch, empty guest", count => Catch(empty, count))
        {
            Floor = floors.CallInMethod,
            Target = BenchTarget.Above(floors.CallInMethod, 8),
        });
        _ = suite.Add(new BenchRow(Group, "catch, with a configuration", count => CatchConfigured(empty, count)) { Floor = floors.Call });
        _ = suite.Add(new BenchRow(Group, "catch, with a token", count => CatchCancellable(empty, count)) { Floor = floors.Call });

        GuestSignature signature = GuestSignature.Create([GuestValueKind.Int64, GuestValueKind.Int64], GuestValueKind.Int64);
        GuestFunction add = new(guests.AddTwo.Start, signature);
        _ = suite.Add(new BenchRow(Group, "GuestFunction, 2 arguments", count => Invoke(add, count)) { Floor = floors.Call });
    }

    private static void Catch(nint function, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)function, null);
        }
    }

    private static void CatchConfigured(nint function, int count)
    {
        VMConfig config = new() { StackSize = 64 * 1024 };
        for (int i = 0; i < count; i++)
        {
            _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)function, null, config);
        }
    }

    private static void CatchCancellable(nint function, int count)
    {
        using CancellationTokenSource source = new();
        for (int i = 0; i < count; i++)
        {
            _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)function, null, cancellationToken: source.Token);
        }
    }

    private static void Invoke(GuestFunction function, int count)
    {
        ReadOnlySpan<GuestValue> arguments = [GuestValue.FromInt64(1), GuestValue.FromInt64(2)];
        for (int i = 0; i < count; i++)
        {
            _ = function.Invoke(arguments, out _);
        }
    }
}
