using System.Diagnostics;

namespace TrapRuntime.AotSmoke.Bench;

/// <summary>Times an operation: many short repeats, of which the least is the figure and the median says how noisy the machine was.</summary>
internal static class BenchTimer
{
    /// <summary>How many repeats a row has in one round.</summary>
    internal const int Repeats = 31;

    private const int WarmUps = 5;

    /// <summary>A repeat is long enough for the clock and short enough to fall between two preemptions.</summary>
    private static readonly TimeSpan s_repeat = TimeSpan.FromMilliseconds(2);

    /// <summary>Adds one round of repeats to a row.</summary>
    internal static void Measure(BenchRow row)
    {
        if (row.Count == 0)
        {
            row.Count = Calibrate(row.Operation);
            for (int i = 0; i < WarmUps; i++)
            {
                row.Operation(row.Count);
            }
        }

        for (int i = 0; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            row.Operation(row.Count);
            row.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / row.Count);
        }
    }

    private static int Calibrate(Action<int> operation)
    {
        for (int count = 1; ; count *= 2)
        {
            long start = Stopwatch.GetTimestamp();
            operation(count);
            if (Stopwatch.GetElapsedTime(start) >= s_repeat)
            {
                return count;
            }
        }
    }
}
