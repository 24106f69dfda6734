using System.Diagnostics.Metrics;
using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios.Stacks;

/// <summary>Somebody listens to the meter while guests run and trap.</summary>
internal sealed class StackMeter : IScenario
{
    private const string MeterName = "TrapRuntime";
    private const int Overflows = 3;
    private const int Depth = 2;

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("stacks: the meter during traps", "3 overflows more, 2 stacks in use inside, 0 outside; 1 cached or more, bytes agree", static () => StackAccount.OnFreshThread(Listen)),
    ];

    private static string Listen()
    {
        using StackProbe probe = new();
        long inside = 0;
        using Descent descent = new(atBottom: () => inside = Observe("stacks.in_use"));
        long before = Observe("traps.caught", nameof(TrapCode.StackOverflow));
        for (int i = 0; i < Overflows; i++)
        {
            _ = probe.Exhaust(GuestStacks.MinSize);
        }

        long more = Observe("traps.caught", nameof(TrapCode.StackOverflow)) - before;
        _ = descent.Go(Depth);
        string cached = Observe("stacks.cached") > 0 ? "1 cached or more" : "none cached";
        string bytes = Observe("stacks.bytes") == TrapHandlers.GetStatistics().StackBytesMapped ? "bytes agree" : "bytes disagree";
        return $"{more} overflows more, {inside} stacks in use inside, {Observe("stacks.in_use")} outside; {cached}, {bytes}";
    }

    private static long Observe(string instrument, string? code = null)
    {
        long seen = 0;
        using MeterListener listener = new();
        listener.InstrumentPublished = (published, owner) =>
        {
            if (published.Meter.Name == MeterName && published.Name == instrument)
            {
                owner.EnableMeasurementEvents(published);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (code is null || (tags.Length > 0 && (string?)tags[0].Value == code))
            {
                seen = value;
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }
}
