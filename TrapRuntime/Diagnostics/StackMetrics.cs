using System.Diagnostics.Metrics;
using TrapRuntime.Stacks;

namespace TrapRuntime.Diagnostics;

/// <summary>The instruments that tell where the guest stacks are. They count when somebody listens, never during a call.</summary>
internal static class StackMetrics
{
    /// <summary>The unit of an instrument that counts stacks, in the notation of UCUM that OpenTelemetry uses.</summary>
    private const string Stacks = "{stack}";

    private const string Bytes = "By";

    /// <summary>Adds the instruments to a meter.</summary>
    internal static void AddTo(Meter meter)
    {
        _ = meter.CreateObservableUpDownCounter("stacks.mapped", static () => StackStatistics.Take().Mapped, Stacks, "Guest stacks that exist.");
        _ = meter.CreateObservableUpDownCounter("stacks.pooled", static () => StackStatistics.Take().Pooled, Stacks, "Idle guest stacks in the shared pool.");
        _ = meter.CreateObservableUpDownCounter("stacks.cached", static () => StackStatistics.Take().Cached, Stacks, "Idle guest stacks that threads keep for themselves.");
        _ = meter.CreateObservableUpDownCounter("stacks.in_use", static () => StackStatistics.Take().InUse, Stacks, "Guest stacks under a running call.");
        _ = meter.CreateObservableUpDownCounter("stacks.bytes", static () => StackStatistics.Take().BytesMapped, Bytes, "Address space that guest stacks take up, guard regions included.");
        _ = meter.CreateObservableGauge("stacks.peak", static () => StackStatistics.Take().PeakMapped, Stacks, "The most guest stacks that ever existed at once.");
        _ = meter.CreateObservableCounter("stacks.acquired", MeasureSources, Stacks, "Calls that got a guest stack, by where it came from.");
    }

    private static IEnumerable<Measurement<long>> MeasureSources()
    {
        StackStatistics now = StackStatistics.Take();
        return [From("thread", now.SlotHits), From("pool", now.PoolHits), From("system", now.FreshMappings)];
    }

    private static Measurement<long> From(string source, long count) => new(count, new KeyValuePair<string, object?>("from", source));
}
