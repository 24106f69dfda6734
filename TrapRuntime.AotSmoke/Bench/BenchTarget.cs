namespace TrapRuntime.AotSmoke.Bench;

/// <summary>What a row may cost, in terms of minima of the same run.</summary>
/// <param name="Text">The limit as a reader sees it.</param>
/// <param name="Limit">The limit in nanoseconds, computed from other rows.</param>
/// <param name="IsOfMedian">Whether the row's median counts, and not its minimum.</param>
internal sealed record BenchTarget(string Text, Func<double> Limit, bool IsOfMedian = false)
{
    /// <summary>At most a row plus some nanoseconds.</summary>
    internal static BenchTarget Above(BenchRow floor, double nanoseconds) =>
        new($"{floor.Name} + {nanoseconds} ns", () => floor.Minimum + nanoseconds);

    /// <summary>At most a multiple of a row.</summary>
    internal static BenchTarget Times(BenchRow floor, double factor) =>
        new($"{factor} x {floor.Name}", () => floor.Minimum * factor);

    /// <summary>At least so many times as fast as a row.</summary>
    internal static BenchTarget Faster(BenchRow slow, double factor) =>
        new($"{slow.Name} / {factor}", () => slow.Minimum / factor);

    /// <summary>At the median at most a multiple of another row's median.</summary>
    internal static BenchTarget MedianTimes(BenchRow floor, double factor) =>
        new($"medians: {factor} x {floor.Name}", () => floor.Median * factor, IsOfMedian: true);

    /// <summary>At most some nanoseconds.</summary>
    internal static BenchTarget AtMost(double nanoseconds) => new($"{nanoseconds} ns", () => nanoseconds);

    /// <summary>Whether a row keeps within the limit.</summary>
    internal bool Holds(BenchRow row) => (IsOfMedian ? row.Median : row.Minimum) <= Limit();
}
