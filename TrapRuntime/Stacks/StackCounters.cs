namespace TrapRuntime.Stacks;

/// <summary>What is mapped in the whole process. Changes only when a stack is mapped or unmapped, so atomics cost nothing.</summary>
internal static class StackCounters
{
    private static long s_mapped;
    private static long s_peakMapped;
    private static long s_bytes;
    private static long s_fresh;

    /// <summary>Gets how many stacks are mapped now.</summary>
    internal static long Mapped => Interlocked.Read(ref s_mapped);

    /// <summary>Gets the most stacks that were ever mapped at once.</summary>
    internal static long PeakMapped => Interlocked.Read(ref s_peakMapped);

    /// <summary>Gets the bytes of address space that stacks take up now, guard regions included.</summary>
    internal static long Bytes => Interlocked.Read(ref s_bytes);

    /// <summary>Gets how many stacks were mapped since the process started.</summary>
    internal static long Fresh => Interlocked.Read(ref s_fresh);

    /// <summary>Counts a new mapping.</summary>
    internal static void AddMapping(nuint bytes)
    {
        long mapped = Interlocked.Increment(ref s_mapped);
        Interlocked.Add(ref s_bytes, (long)bytes);
        Interlocked.Increment(ref s_fresh);

        long peak = Interlocked.Read(ref s_peakMapped);
        while (mapped > peak)
        {
            long seen = Interlocked.CompareExchange(ref s_peakMapped, mapped, peak);
            if (seen == peak)
            {
                return;
            }

            peak = seen;
        }
    }

    /// <summary>Counts a mapping that went.</summary>
    internal static void RemoveMapping(nuint bytes)
    {
        Interlocked.Decrement(ref s_mapped);
        Interlocked.Add(ref s_bytes, -(long)bytes);
    }
}
