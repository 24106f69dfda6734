namespace TrapRuntime.AotSmoke.Bench;

/// <summary>What a row may cost, in terms of minima of the same run.</summary>
/// <param name="Text">The limit as a reader sees it.</param>
/// <param name="Limit">The limit in nanoseconds, computed from other rows.</param>
internal sealed record BenchTarget(string Text, Func<double> Limit)
{
    /// <summary>At most a row plus some nanoseconds.</summary>
    internal static BenchTarget Above(BenchRow floor, double nanoseconds) =>
        new($"{floor.Name} + {nanoseconds} ns", () => floor.Minimum + nanoseconds);

    /// <summary>At most a multiple of a row.</summary>
    internal static BenchTarget Times(BenchRow floor, double factor) =>
        new($"{factor} x {floor.Name}", () => floor.Minimum * factor);

    /// <summary>At most some nanoseconds.</summary>
    internal static BenchTarget AtMost(double nanoseconds) => new($"{nanoseconds} ns", () => nanoseconds);
}
