using TrapRuntime.AotSmoke.Coexistence;

namespace TrapRuntime.AotSmoke.Storms;

/// <summary>What the runtime does meanwhile: its own faults, memory, threads, continuations.</summary>
internal static class ManagedEvents
{
    internal const int Deep = 50;

    private const int MostBytes = 100_000;
    private const int Kept = 16;

    [ThreadStatic]
    private static byte[][]? t_kept;

    /// <summary>A null reference, a division by zero, an overflow.</summary>
    internal static string? Faults(int depth) =>
        Catches<NullReferenceException>(static depth => _ = ManagedFaults.NullReference(depth), depth)
        && Catches<DivideByZeroException>(static depth => _ = ManagedFaults.DivideByZero(depth), depth)
        && Catches<OverflowException>(static depth => _ = ManagedFaults.Overflow(depth), depth)
            ? null
            : "a managed fault was not caught";

    internal static string? AroundGuests(StormWorker worker)
    {
        string? wrong = null;
        try
        {
            try
            {
                _ = ManagedFaults.DivideByZero(1);
            }
            catch (DivideByZeroException)
            {
                wrong = HostEvents.AnyFault(worker) ?? HostEvents.Throw(worker);
                _ = ManagedFaults.NullReference(1);
            }
            finally
            {
                wrong ??= HostEvents.AnyFault(worker) ?? HostEvents.RaiseTrap();
            }
        }
        catch (NullReferenceException)
        {
            return wrong ?? HostEvents.AnyFault(worker);
        }

        return wrong ?? "nothing was thrown out of the catch block";
    }

    /// <summary>Old objects are overwritten by new ones, and looked at once more before.</summary>
    internal static string? Allocate(StormWorker worker)
    {
        byte[][] kept = t_kept ??= new byte[Kept][];
        int slot = worker.Random.Next(Kept);
        byte[]? old = kept[slot];
        bool intact = old is null || (old[0] == (byte)old.Length && old[^1] == (byte)old.Length);
        byte[] fresh = new byte[worker.Random.Next(1, MostBytes)];
        fresh[0] = fresh[^1] = (byte)fresh.Length;
        kept[slot] = fresh;
        return intact ? null : "an object changed";
    }

    internal static string? Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        return null;
    }

    internal static string? Await(StormWorker worker) => AwaitTwice(worker).GetAwaiter().GetResult();

    internal static string? StartThread(StormWorker worker)
    {
        string? wrong = null;
        Thread thread = new(() => wrong = HostEvents.AnyFault(worker) ?? Faults(1));
        thread.Start();
        thread.Join();
        return wrong;
    }

    private static async Task<string?> AwaitTwice(StormWorker worker)
    {
        await Task.Yield();
        string? wrong = HostEvents.AnyFault(worker);
        await Task.Delay(1).ConfigureAwait(false);
        return wrong ?? HostEvents.AnyFault(worker) ?? Faults(1);
    }

    private static bool Catches<TException>(Action<int> fault, int depth)
        where TException : Exception
    {
        try
        {
            fault(depth);
            return false;
        }
        catch (TException)
        {
            return true;
        }
    }
}
