using System.Runtime.InteropServices;

namespace TrapRuntime.AotSmoke.Calls;

/// <summary>Guests call hosts that call guests: whatever ends the innermost, those around it live on.</summary>
internal static unsafe class NestingChecks
{
    private const int Depth = 200;
    private const int BeyondTracking = 300; // other threads see 256 open activations
    private const byte ReturnInstruction = 0xC3;
    private const int CollectedDepth = 40;
    private const int Filler = 1000;
    private const int FiringLevel = 3;
    private const int TokenLevels = 8;

    private static int s_viaNative;

    internal static IEnumerable<CallCheck> All =>
    [
        .. Ending.All.Select(static ending => new CallCheck(
            $"At each of 200 depths, {ending.Name} leaves the activations around it alive", () => AtEachDepth(ending))),
        new("300 guests nest; what other threads cannot see any more counts as in use", BeyondTheTracked),
        new("Garbage is collected and the heap compacted at every depth", Collections),
        new("Guests nest through the native way to the host stack", ThroughNative),
        new("A token of an outer call ends all guests within, and none around it", OuterToken),
        new("Every level may fail in its own way on the way back", EveryLevelFails),
    ];

    private static void AtEachDepth(Ending ending)
    {
        using Nest nest = new();
        for (int depth = 1; depth <= Depth; depth++)
        {
            nest.Run(depth, ending);
        }
    }

    private static void BeyondTheTracked()
    {
        GuestCode bystander = GuestCode.Emit([ReturnInstruction]);
        using Nest nest = new();
        bool refusedElsewhere = false;
        nest.AtTheBottom = () =>
        {
            Thread other = new(() => refusedElsewhere = Require.Catch(bystander.Dispose) is InvalidOperationException);
            other.Start();
            other.Join();
        };
        nest.Run(BeyondTracking, Ending.All[0]);
        Require.True(refusedElsewhere);
        bystander.Dispose();
    }

    private static void Collections()
    {
        using Nest nest = new();
        nest.AtEachLevel = static level =>
        {
            byte[] young = new byte[Filler];
            young[^1] = (byte)level;
            string text = $"level {level}";
            WeakReference dropped = new(new byte[Filler]);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            Require.Equal((byte)level, young[^1]);
            Require.Equal($"level {level}", text);
            GC.KeepAlive(dropped);
        };
        foreach (Ending ending in Ending.All)
        {
            nest.Run(CollectedDepth / Ending.All.Count, ending);
        }

        nest.Run(CollectedDepth, Ending.All[0]);
    }

    private static void ThroughNative()
    {
        using CallGuests guests = new();
        s_viaNative = 0;
        Descent descent = new() { Apply = guests.Apply.Address, Divide = guests.DivideByZero };
        Descend(&descent);
        Require.Equal(Depth, s_viaNative);
    }

    [UnmanagedCallersOnly]
    private static void DescendFromNative(Descent* descent) => Descend(descent);

    // Its exceptions could not leave a native frame, so failures show in the count.
    private static void Descend(Descent* descent)
    {
        if (descent->Depth == Depth)
        {
            return;
        }

        descent->Depth++;
        GuestFunction viaHostStack = new(HostCall.NativeOnHostStack, CallGuests.Two);
        TrapResult result = viaHostStack.Invoke(
            [GuestValue.FromInt64((nint)(delegate* unmanaged<Descent*, void>)&DescendFromNative), GuestValue.FromInt64((nint)descent)],
            out _,
            new VMConfig { CodePolicy = GuestCodePolicy.GuestStack });
        TrapResult trap = new GuestFunction(descent->Apply, CallGuests.Two).Invoke(
            [GuestValue.FromInt64(descent->Divide), GuestValue.FromInt64(1)], out _);
        s_viaNative += !result.IsTrap && trap.IsTrap && trap.Trap.Code == TrapCode.IntegerDivisionByZero ? 1 : 0;
    }

    private static void OuterToken()
    {
        using CallGuests guests = new();
        using CancellationTokenSource source = new();
        List<long> interrupted = [];
        HostFunction? host = null;
        host = HostFunction.Create(CallGuests.One, (ref HostCallContext call) =>
        {
            long level = call.Arguments[0].AsInt64();
            if (level == TokenLevels)
            {
                source.Cancel();
                return GuestValue.FromInt64(0);
            }

            TrapResult result = guests.Call(host!.Address, level + 1, out _, level == FiringLevel ? source.Token : default);
            if (result.IsTrap)
            {
                Require.Trap(TrapKind.Interrupted, TrapCode.HostInterrupt, result);
                interrupted.Add(level);
            }

            return GuestValue.FromInt64(level);
        });
        using (host)
        {
            Require.Returned(guests.Call(host.Address, 0, out long value));
            Require.Equal(0, value);
            Require.Equal("7 6 5 4 3", string.Join(' ', interrupted));
            guests.TrapOnce();
        }
    }

    private static void EveryLevelFails()
    {
        using Nest nest = new();
        nest.OnTheWayBack = level =>
        {
            Ending ending = Ending.All[level % Ending.All.Count];
            using Nest another = new();
            another.Run(1, ending);
        };
        nest.Run(Depth, Ending.All[0]);
    }

    private struct Descent
    {
        internal nint Apply;
        internal nint Divide;
        internal long Depth;
    }
}
