namespace TrapRuntime.AotSmoke.Bench;

/// <summary>One operation, its figures and the row it is compared with.</summary>
internal sealed class BenchRow(string group, string name, Action<int> operation)
{
    private readonly List<double> _nanoseconds = [];

    /// <summary>Gets the heading the row stands under.</summary>
    internal string Group { get; } = group;

    /// <summary>Gets what is done.</summary>
    internal string Name { get; } = name;

    /// <summary>Gets the operation: does it as often as it is told.</summary>
    internal Action<int> Operation { get; } = operation;

    /// <summary>Gets the row that costs at least what the system charges for this one, measured in the same run.</summary>
    internal BenchRow? Floor { get; init; }

    /// <summary>Gets what the row may cost: text for the reader, and a test over minima.</summary>
    internal BenchTarget? Target { get; init; }

    /// <summary>Gets how many guest operations one counted operation stands for.</summary>
    internal double Divisor { get; init; } = 1;

    /// <summary>Gets what measures a row that no loop can measure: adds any number of figures to it, or null.</summary>
    internal Action<BenchRow>? Sampler { get; init; }

    /// <summary>Gets or sets how often a repeat does the operation; 0 before the first round.</summary>
    internal int Count { get; set; }

    /// <summary>Gets the least time of one operation, in nanoseconds.</summary>
    internal double Minimum => _nanoseconds.Count == 0 ? double.NaN : _nanoseconds.Min() / Divisor;

    /// <summary>Gets the median time of one operation, in nanoseconds.</summary>
    internal double Median
    {
        get
        {
            double[] sorted = [.. _nanoseconds.Order()];
            return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2] / Divisor;
        }
    }

    /// <summary>Makes a row that a sampler measures.</summary>
    internal static BenchRow Sampled(string group, string name, Action<BenchRow> sampler, BenchRow? floor = null, BenchTarget? target = null) =>
        new(group, name, static _ => { }) { Sampler = sampler, Floor = floor, Target = target };

    /// <summary>Adds one repeat's time per operation.
    internal void Add(double nanoseconds) => _nanoseconds.Add(nanoseconds);
}
