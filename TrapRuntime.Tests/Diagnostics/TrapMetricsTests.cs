using System.Diagnostics.Metrics;
using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Diagnostics;
using TrapRuntime.Stacks;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Diagnostics;

[Collection(StacksCollection.Name)]
public sealed class TrapMetricsTests
{
    [Fact]
    public void Meter_is_made_once_however_often_it_is_asked_for()
    {
        TrapMetrics.Initialize(static () => []);
        TrapMetrics.Initialize(static () => []);

        List<string> instruments = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == TrapMetrics.MeterName)
            {
                instruments.Add(instrument.Name);
            }
        };
        listener.Start();

        instruments.Should().BeEquivalentTo(
            "traps.caught", "stacks.mapped", "stacks.pooled", "stacks.cached", "stacks.in_use", "stacks.bytes", "stacks.peak", "stacks.acquired");
    }

    [Fact]
    public void Stack_instruments_report_the_statistics()
    {
        using CleanStacks clean = new();
        using TestThread thread = new();
        StackMapping used = thread.Acquire(StackSize.Clamp(1));
        StackStatistics expected = StackStatistics.Take();

        Dictionary<string, long> seen = Observe(StackMetrics.AddTo);

        thread.Release(used);
        seen.Should().Contain("stacks.mapped", expected.Mapped);
        seen.Should().Contain("stacks.pooled", expected.Pooled);
        seen.Should().Contain("stacks.cached", expected.Cached);
        seen.Should().Contain("stacks.in_use", expected.InUse);
        seen.Should().Contain("stacks.bytes", expected.BytesMapped);
        seen.Should().Contain("stacks.peak", expected.PeakMapped);
        expected.InUse.Should().BePositive();
    }

    [Fact]
    public void Acquired_stacks_are_told_apart_by_where_they_came_from()
    {
        using CleanStacks clean = new();
        using TestThread thread = new();
        thread.Release(thread.Acquire(StackSize.Clamp(1)));
        thread.Release(thread.Acquire(StackSize.Clamp(1)));
        StackStatistics expected = StackStatistics.Take();

        Dictionary<string, long> seen = Observe(StackMetrics.AddTo);

        seen.Should().Contain("stacks.acquired thread", expected.SlotHits);
        seen.Should().Contain("stacks.acquired pool", expected.PoolHits);
        seen.Should().Contain("stacks.acquired system", expected.FreshMappings);
        expected.SlotHits.Should().BePositive();
    }

    private static Dictionary<string, long> Observe(Action<Meter> addInstruments)
    {
        Dictionary<string, long> seen = [];
        using Meter meter = new("TrapRuntime.Tests");
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, owner) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                owner.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            seen[tags.IsEmpty ? instrument.Name : $"{instrument.Name} {tags[0].Value}"] = value);
        listener.Start();
        addInstruments(meter);
        listener.RecordObservableInstruments();
        return seen;
    }
}
