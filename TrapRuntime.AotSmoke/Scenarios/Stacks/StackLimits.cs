using TrapRuntime.Activations;

namespace TrapRuntime.AotSmoke.Scenarios.Stacks;

/// <summary>A guest gets the bytes it was promised and not one more, whatever stack it happens to run on.</summary>
internal sealed class StackLimits : IScenario
{
    private const string Exact = "every one to the byte";
    private const int OneMebibyte = 1024 * 1024;

    private static readonly int[] s_sizes = [GuestStacks.MinSize, 12 * 1024, 64 * 1024, 500 * 1024, OneMebibyte];
    private static readonly int[] s_growing = [GuestStacks.MinSize, 64 * 1024, OneMebibyte, 4 * OneMebibyte, 32 * OneMebibyte, GuestStacks.MaxSize];

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        StackProbe.Case("stacks: limits on a cached stack of 1 MiB", Exact, LimitOnCached),
        StackProbe.Case("stacks: limits after a call of 100 MiB", Exact, LimitAfterLargest),
        StackProbe.Case("stacks: requests that grow, then shrink", Exact, GrowAndShrink),
        StackProbe.Case("stacks: requests below the least and above the most", "8192, 8192, 104857600", Clamp),
        StackProbe.Case("stacks: requests are rounded up to pages", "8192, 12288, 102400", Round),
        StackProbe.Case("stacks: the default's limits", "8192, 20480, 104857600", ClampDefault),
        new("stacks: a negative request", nameof(ArgumentOutOfRangeException), RefuseNegative),
    ];

    private static string LimitOnCached(StackProbe probe)
    {
        _ = probe.Touch(OneMebibyte);
        StackMapping cached = StackAccount.Slot;
        foreach (int size in s_sizes)
        {
            nuint top = probe.Touch(size);
            if (top != cached.Limit + (nuint)size)
            {
                return $"{size} bytes did not run on the cached stack";
            }

            nuint depth = probe.Exhaust(size);
            if (depth != (nuint)size)
            {
                return $"{size} bytes were {depth}";
            }
        }

        return cached.Equals(StackAccount.Slot) ? Exact : "the cached stack is another";
    }

    private static string LimitAfterLargest(StackProbe probe)
    {
        foreach (int size in s_sizes)
        {
            _ = probe.Touch(GuestStacks.MaxSize);
            nuint depth = probe.Exhaust(size);
            if (depth != (nuint)size)
            {
                return $"{size} bytes were {depth}";
            }
        }

        return Exact;
    }

    private static string GrowAndShrink(StackProbe probe)
    {
        foreach (int size in (int[])[.. s_growing, .. Enumerable.Reverse(s_growing)])
        {
            nuint depth = probe.Exhaust(size);
            if (depth != (nuint)size)
            {
                return $"{size} bytes were {depth}";
            }
        }

        return Exact;
    }

    private static string Clamp(StackProbe probe) => $"{probe.Exhaust(0)}, {probe.Exhaust(1)}, {probe.Exhaust(int.MaxValue)}";

    private static string Round(StackProbe probe) =>
        $"{probe.Exhaust(GuestStacks.MinSize)}, {probe.Exhaust(GuestStacks.MinSize + 1)}, {probe.Exhaust(100_000)}";

    private static string ClampDefault(StackProbe probe)
    {
        int before = GuestStacks.DefaultSize;
        try
        {
            return string.Join(", ", ((int[])[1, 20_000, int.MaxValue]).Select(bytes =>
            {
                _ = GuestStacks.SetDefaultSize(bytes);
                return probe.Exhaust();
            }));
        }
        finally
        {
            _ = GuestStacks.SetDefaultSize(before);
        }
    }

    private static string RefuseNegative()
    {
        try
        {
            return $"took {new VMConfig { StackSize = -1 }.StackSize}";
        }
        catch (ArgumentOutOfRangeException refusal)
        {
            return refusal.GetType().Name;
        }
    }
}
