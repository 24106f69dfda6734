using System.Runtime.CompilerServices;

namespace TrapRuntime.AotSmoke.Calls;

/// <summary>Host functions come and go.</summary>
internal static class LifetimeChecks
{
    private const int Many = 10_000;
    private const int Alive = 2000;
    private const int Sample = 100;
    private const int EntryAlignment = 16;
    private const int FewPages = 40;
    private const int Threads = 4;
    private const int PageEntries = 256;

    internal static IEnumerable<CallCheck> All =>
    [
        new("10,000 host functions made and disposed take no more than their first page and hold nothing", MadeAndDisposed),
        new("Addresses are distinct while in use and come back only after Dispose", DistinctAddresses),
        new("A disposed host function refuses its address, and a guest that kept it traps", AfterDispose),
        new("Dispose may be called again, by many threads", DisposeAgain),
        new("A host function that nobody holds serves its guests through collections", NobodyHolds),
        new("A host function may dispose itself while it runs", DisposesItself),
        new("Host functions of many threads do not mix", ManyThreads),
    ];

    private static void MadeAndDisposed()
    {
        HashSet<object> addresses = [];
        WeakReference[] targets = new WeakReference[Sample];
        for (int i = 0; i < Many; i++)
        {
            MakeAndDispose(addresses, targets, i % Sample);
        }

        // Other tests may make some at the same time; a leak would need all of the 10,000.
        Require.True(addresses.Count <= FewPages * PageEntries / 4, $"{addresses.Count} addresses were used");
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Require.True(targets.Count(static target => target.IsAlive) <= 1, "the callbacks were let go");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeAndDispose(HashSet<object> addresses, WeakReference[] targets, int index)
    {
        object held = new();
        using HostFunction host = HostFunction.Create(CallGuests.One, (ref HostCallContext _) => GuestValue.FromInt64(held.GetHashCode()));
        targets[index] = new WeakReference(held);
        _ = addresses.Add(host.Address);
    }

    private static void DistinctAddresses()
    {
        HashSet<object> live = [];
        List<HostFunction> functions = [];
        for (int i = 0; i < Alive; i++)
        {
            HostFunction host = MakeConstant(i);
            functions.Add(host);
            Require.True(live.Add(host.Address), "no two share an address");
            Require.Equal(0, host.Address % EntryAlignment);
        }

        for (int i = Alive - 1; i >= 0; i -= 2)
        {
            _ = live.Remove(functions[i].Address);
            functions[i].Dispose();
            functions[i] = MakeConstant(i);
            Require.True(live.Add(functions[i].Address), "only disposed ones came back");
        }

        using CallGuests guests = new();
        for (int i = 0; i < Alive; i++)
        {
            Require.Returned(guests.Call(functions[i].Address, 0, out long value));
            Require.Equal(i, value);
            functions[i].Dispose();
        }
    }

    private static void AfterDispose()
    {
        using CallGuests guests = new();
        HostFunction host = MakeConstant(1);
        nint kept = host.Address;
        host.Dispose();
        _ = Require.Throws<ObjectDisposedException>(() => _ = host.Address);

        // Others may have taken the entry over meanwhile; most often nobody has.
        TrapResult result = guests.Call(kept, 0, out _);
        if (result.IsTrap)
        {
            Require.Equal(FaultAccess.Execute, Require.Trap(TrapKind.Hardware, TrapCode.None, result).Access);
        }

        guests.TrapOnce();
    }

    private static void DisposeAgain()
    {
        for (int i = 0; i < Sample; i++)
        {
            HostFunction host = MakeConstant(i);
            RunOnThreads(_ => host.Dispose());
            using HostFunction first = MakeConstant(1);
            host.Dispose();
            using HostFunction second = MakeConstant(2);
            Require.True(first.Address != second.Address, "an entry was given back once");
        }
    }

    private static void NobodyHolds()
    {
        using CallGuests guests = new();
        nint address = Forget();
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            Require.Returned(guests.Call(address, 0, out long value));
            Require.Equal(Sample, value);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint Forget() => MakeConstant(Sample).Address;

    private static void DisposesItself()
    {
        using CallGuests guests = new();
        HostFunction? host = null;
        host = HostFunction.Create(CallGuests.One, (ref HostCallContext call) =>
        {
            host!.Dispose();
            GC.Collect();
            using HostFunction successor = MakeConstant(1);
            Require.Returned(guests.Call(successor));
            return call.Arguments[0];
        });
        using (host)
        {
            Require.Returned(guests.Call(host.Address, 11, out long value));
            Require.Equal(11, value);
        }
    }

    private static void ManyThreads() => RunOnThreads(static seed =>
    {
        using CallGuests guests = new();
        for (int i = 0; i < Sample; i++)
        {
            using HostFunction host = MakeConstant((seed * Sample) + i);
            Require.Returned(guests.Call(host.Address, 0, out long value));
            Require.Equal((seed * Sample) + i, value);
        }
    });

    private static void RunOnThreads(Action<int> action)
    {
        Exception? failed = null;
        Thread[] threads = new Thread[Threads];
        for (int i = 0; i < threads.Length; i++)
        {
            int number = i;
            threads[i] = new Thread(() => failed = Require.Catch(() => action(number)) ?? failed);
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Require.Nothing(failed);
    }

    private static HostFunction MakeConstant(long value) =>
        HostFunction.Create(CallGuests.One, (ref HostCallContext _) => GuestValue.FromInt64(value));
}
