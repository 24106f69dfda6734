using TrapRuntime.Activations;

namespace TrapRuntime.Stacks;

/// <summary>A snapshot of every guest stack in the process. Exact while no guest comes or goes.</summary>
/// <param name="Mapped">Stacks that exist.</param>
/// <param name="Pooled">Those in the shared pool.</param>
/// <param name="Cached">Those in the slots of threads.</param>
/// <param name="PeakMapped">The most that ever existed at once.</param>
/// <param name="BytesMapped">Address space they take up, in bytes, guard regions included.</param>
/// <param name="SlotHits">Requests since the start that a thread's own slot served.</param>
/// <param name="PoolHits">Requests since the start that the pool served.</param>
/// <param name="FreshMappings">Requests since the start that a new mapping served.</param>
internal readonly record struct StackStatistics(
    long Mapped,
    long Pooled,
    long Cached,
    long PeakMapped,
    long BytesMapped,
    long SlotHits,
    long PoolHits,
    long FreshMappings)
{
    /// <summary>Gets how many stacks a guest runs on, or waits on for a nested one.</summary>
    internal long InUse => Math.Max(0, Mapped - Pooled - Cached);

    /// <summary>Takes a snapshot.</summary>
    internal static unsafe StackStatistics Take()
    {
        long cached = 0;
        long slotHits = ThreadRegistry.RetiredStackSlotHits;
        long poolHits = ThreadRegistry.RetiredStackPoolHits;
        ThreadRegistry.ForEach(thread =>
        {
            cached += thread->CachedStack.IsPresent ? 1 : 0;
            slotHits += thread->StackSlotHits;
            poolHits += thread->StackPoolHits;
        });

        return new StackStatistics(
            StackCounters.Mapped,
            StackPool.Shared.Count(),
            cached,
            StackCounters.PeakMapped,
            StackCounters.Bytes,
            slotHits,
            poolHits,
            StackCounters.Fresh);
    }
}
