using System.Diagnostics.Metrics;

namespace TrapRuntime.Diagnostics;

/// <summary>The library's meter. Made once when the handlers go in, and kept: instruments report as long as the process lives.</summary>
internal static class TrapMetrics
{
    /// <summary>The name by which listeners find the meter.</summary>
    internal const string MeterName = "TrapRuntime";

    private static Meter? s_meter;

    /// <summary>Makes the meter and its instruments; later calls change nothing.</summary>
    /// <param name="trapsByCode">Gives one measurement for each trap code that was caught, tagged with its name under <c>code</c>. Asked only when somebody listens.</param>
    internal static void Initialize(Func<IEnumerable<Measurement<long>>> trapsByCode)
    {
        if (s_meter is not null)
        {
            return;
        }

        Meter meter = new(MeterName);
        if (Interlocked.CompareExchange(ref s_meter, meter, null) is not null)
        {
            meter.Dispose();
            return;
        }

        _ = meter.CreateObservableCounter("traps.caught", trapsByCode, "{trap}", "Guest faults that were turned into values.");
        StackMetrics.AddTo(meter);
    }
}
