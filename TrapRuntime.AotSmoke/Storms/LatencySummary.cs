using System.Globalization;

namespace TrapRuntime.AotSmoke.Storms;

/// <summary>What a run's latencies come to.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Median">Half are no longer.</param>
/// <param name="P99">99 in 100 are no longer.</param>
/// <param name="P999">999 in 1,000 are no longer.</param>
/// <param name="Longest">The longest.</param>
internal sealed record LatencySummary(int Count, TimeSpan Median, TimeSpan P99, TimeSpan P999, TimeSpan Longest)
{
    private const double Half = 0.5;
    private const double Percent99 = 0.99;
    private const double PerMille999 = 0.999;

    /// <summary>Sums up; sorts what it is given.</summary>
    internal static LatencySummary Of(List<TimeSpan> latencies)
    {
        latencies.Sort();
        return new LatencySummary(latencies.Count, At(Half), At(Percent99), At(PerMille999), At(1));

        TimeSpan At(double part) => latencies.Count == 0
            ? TimeSpan.Zero
            : latencies[Math.Max((int)Math.Ceiling(part * latencies.Count), 1) - 1];
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"median {Median.TotalMicroseconds:f0} µs, p99 {P99.TotalMilliseconds:f2} ms, p99.9 {P999.TotalMilliseconds:f2} ms, longest {Longest.TotalMilliseconds:f2} ms");
}
