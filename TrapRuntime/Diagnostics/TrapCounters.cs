using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using TrapRuntime.Activations;
using TrapRuntime.Stacks;

namespace TrapRuntime.Diagnostics;

/// <summary>Adds up what threads count for themselves.</summary>
internal static unsafe class TrapCounters
{
    /// <summary>Counts a trap for the calling thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Count(ThreadBlock* thread, Trap trap) =>
        thread->TrapsByCode[(int)trap.Code]++;

    /// <summary>Takes a snapshot.</summary>
    internal static TrapStatistics Take()
    {
        long[] byCode = TrapsByCode();
        StackStatistics stacks = StackStatistics.Take();
        return new TrapStatistics
        {
            TrapsCaught = byCode.Sum(),
            Interrupts = byCode[(int)TrapCode.HostInterrupt],
            StacksMapped = stacks.Mapped,
            StacksPooled = stacks.Pooled,
            StacksCached = stacks.Cached,
            StacksInUse = stacks.InUse,
            StackBytesMapped = stacks.BytesMapped,
            StacksPeak = stacks.PeakMapped,
            StacksFromThread = stacks.SlotHits,
            StacksFromPool = stacks.PoolHits,
            StacksFromSystem = stacks.FreshMappings,
            TrapsByCode = Enum.GetValues<TrapCode>().Where(code => byCode[(int)code] != 0).ToDictionary(code => code, code => byCode[(int)code]),
        };
    }

    /// <summary>Makes one measurement per trap code that came.</summary>
    internal static IEnumerable<Measurement<long>> Measure()
    {
        long[] byCode = TrapsByCode();
        foreach (TrapCode code in Enum.GetValues<TrapCode>())
        {
            if (byCode[(int)code] != 0)
            {
                yield return new Measurement<long>(byCode[(int)code], new KeyValuePair<string, object?>("code", code.ToString()));
            }
        }
    }

    private static long[] TrapsByCode()
    {
        long[] sums = new long[ThreadBlock.TrapCodes];
        ThreadRegistry.AddRetiredTraps(sums);
        ThreadRegistry.ForEach(thread => Add(thread, sums));
        return sums;
    }

    private static void Add(ThreadBlock* thread, long[] sums)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += thread->TrapsByCode[i];
        }
    }
}
