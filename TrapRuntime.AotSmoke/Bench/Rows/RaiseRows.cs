using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace TrapRuntime.AotSmoke.Bench.Rows;

/// <summary>Traps that no signal brings: raised by the guest's library, or by a host function.</summary>
internal static unsafe class RaiseRows
{
    private const string Group = "raised trap";

    private static readonly InvalidOperationException s_error = new("thrown again and again");
    private static Trap? s_trap;

    /// <summary>A return address in the guest, and one in its caller.</summary>
    private const int Frames = 2;

    /// <summary>As deep as a host function of an engine throws.</summary>
    private const int DeepThrow = 10;

    internal static void AddTo(BenchSuite suite, FloorRows floors, BenchGuests guests)
    {
        GuestSignature signature = GuestSignature.Create([]);
        HostFunction returning = HostFunction.Create(signature, static (ref HostCallContext _) => default);
        HostFunction byStatus = HostFunction.Create(signature, static (ref HostCallContext call) => call.Trap(TrapCode.BadSignature));
        HostFunction byException = HostFunction.Create(signature, static (ref HostCallContext _) =>
        {
            HostCall.RaiseLibTrap(TrapCode.BadSignature);
            return default;
        });
        HostFunction byError = HostFunction.Create(signature, static (ref HostCallContext _) => throw s_error);
        HostFunction byDeepError = HostFunction.Create(signature, static (ref HostCallContext _) => GuestValue.FromInt32(FloorRows.ThrowAt(DeepThrow)));
        BenchRow trap = suite.Add(new BenchRow(Group, $"a Trap object with {Frames} frames, made", MakeTraps));
        _ = suite.Add(new BenchRow(Group, "native raise", count => Run(guests, HostCall.NativeRaiseTrap, count))
        {
            Floor = trap,
            Target = BenchTarget.Above(trap, 30),
        });
        BenchRow ordinary = suite.Add(new BenchRow(Group, "guest with one host call that returns", count => Run(guests, returning.Address, count)) { Floor = floors.Call });
        _ = suite.Add(new BenchRow(Group, "guest with one host call, ended by status", count => Run(guests, byStatus.Address, count))
        {
            Floor = ordinary,
            Target = BenchTarget.Times(ordinary, 3),
        });
        _ = suite.Add(new BenchRow(Group, "the same, against a bound", count => Run(guests, byStatus.Address, count))
        {
            Floor = ordinary,
            Target = BenchTarget.AtMost(60),
        });

        int depth = DepthOfHostFunction(guests, signature);
        BenchRow same = suite.Add(new BenchRow(Group, $"throw/catch, depth {depth}, that of a host function", count => FloorRows.Catch(count, depth)));
        _ = suite.Add(new BenchRow(Group, "guest ended by raise exception", count => Run(guests, byException.Address, count))
        {
            Floor = same,
            Target = BenchTarget.Times(same, 1.3),
        });

        // Two throws, whatever the depth: the runtime carries no exception across frames that are not its own.
        _ = suite.Add(new BenchRow(Group, "exception through the guest", count => RunCarried(guests, byError.Address, count)) { Floor = same });
        int deeper = depth + DeepThrow;
        BenchRow deep = suite.Add(new BenchRow(Group, $"throw/catch, depth {deeper}", count => FloorRows.Catch(count, deeper)));
        _ = suite.Add(new BenchRow(Group, $"exception through the guest, thrown {DeepThrow} frames deeper", count => RunCarried(guests, byDeepError.Address, count))
        {
            Floor = deep,
            Target = BenchTarget.Times(deep, 1.3),
        });
    }

    // How many managed frames lie from the caller of a guest to the host function that the guest calls, as the runtime counts them.
    private static int DepthOfHostFunction(BenchGuests guests, GuestSignature signature)
    {
        int inside = 0;
        using HostFunction count = HostFunction.Create(signature, (ref HostCallContext _) =>
        {
            inside = new StackTrace().FrameCount;
            return default;
        });
        RunCarried(guests, count.Address, 1);
        return inside - new StackTrace().FrameCount - 1;
    }

    private static void MakeTraps(int count)
    {
        ReadOnlySpan<nuint> frames = new nuint[Frames];
        for (int i = 0; i < count; i++)
        {
            s_trap = Trap.Library(TrapCode.BadSignature, frames);
        }
    }

    private static void Run(BenchGuests guests, nint function, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ = CallLoop.Run(guests, 1, function, (nint)TrapCode.BadSignature);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
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
