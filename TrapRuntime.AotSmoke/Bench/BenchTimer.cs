using System.Diagnostics;

namespace TrapRuntime.AotSmoke.Bench;

/// <summary>Times an operation: many short repeats, of which the least is the figure and the median says how noisy the machine was.</summary>
internal static class BenchTimer
{
    /// <summary>How many repeats a row has in one round.</summary>
    internal const int Repeats = RepeatsAPass * PassesARound;

    /// <summary>How often a round comes back to each row.</summary>
    internal const int PassesARound = 8;

    private const int RepeatsAPass = 4;
    private const int WarmUps = 5;

    /// <summary>A repeat is long enough for the clock and short enough to fall between two preemptions.</summary>
    private const double RepeatNanoseconds = 2_000_000;

    /// <summary>A preemption makes any count look large enough; several in a row do not happen.</summary>
    private const int CalibrationTries = 3;

    private static readonly double s_nanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    /// <summary>Adds some repeats to a row, or a round of figures where it takes its own.</summary>
    internal static void Measure(BenchRow row, int pass)
    {
        if (row.Sampler is not null)
        {
            if (pass % PassesARound == 0)
            {
                row.Sampler(row);
            }

            return;
        }

        if (row.Count == 0)
        {
            row.Count = Calibrate(row.Operation);
            for (int i = 0; i < WarmUps; i++)
            {
                row.Operation(row.Count);
            }
        }

        for (int i = 0; i < RepeatsAPass; i++)
        {
            row.Add(Time(row.Operation, row.Count) / row.Count);
        }
    }

    private static int Calibrate(Action<int> operation)
    {
        for (int count = 1; ; count *= 2)
        {
            double least = Time(operation, count);
            for (int i = 1; i < CalibrationTries && least >= RepeatNanoseconds; i++)
            {
                least = Math.Min(least, Time(operation, count));
            }

            if (least >= RepeatNanoseconds)
            {
                return count;
            }
        }
    }

    // Raw ticks: a TimeSpan counts in steps of 100 ns. Each repeat begins with a collected heap, whose memory has been used before: where a
    // heap grows, each 4 KiB of objects cost a page fault, which is the collector's business and as dear as half a trap.
    private static double Time(Action<int> operation, int count)
    {
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        operation(count);
        return (Stopwatch.GetTimestamp() - start) * s_nanosecondsPerTick;
    }
}
