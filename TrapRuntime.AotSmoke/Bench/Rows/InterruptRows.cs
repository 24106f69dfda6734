namespace TrapRuntime.AotSmoke.Bench.Rows;

/// <summary>How soon a cancelled guest stops, beside what it takes to signal a thread at all.</summary>
internal sealed class InterruptRows
{
    private const string Group = "interrupt";
    private const int Rounds = 2000;
    private const double NanosecondsPerMicrosecond = 1000;

    private InterruptLatencyResult? _last;

    internal static void AddTo(BenchSuite suite)
    {
        // The floor comes first in every round of the suite and measures for all three.
        InterruptRows rows = new();
        BenchRow floor = suite.Add(BenchRow.Sampled(Group, "pthread_kill to a handler on another thread", row =>
        {
            rows._last = InterruptLatency.Measure(Rounds);
            Fill(row, rows._last.Floor);
        }));
        _ = suite.Add(BenchRow.Sampled(
            Group, "Cancel() to the landing", row => Fill(row, rows._last!.ToStop), floor, BenchTarget.MedianTimes(floor, 2)));
        _ = suite.Add(BenchRow.Sampled(
            Group, "Cancel() to the return of the guest call", row => Fill(row, rows._last!.ToReturn), floor));
    }

    private static void Fill(BenchRow row, IReadOnlyList<double> microseconds)
    {
        foreach (double sample in microseconds)
        {
            row.Add(sample * NanosecondsPerMicrosecond);
        }
    }
}
