using TrapRuntime.Platforms;

namespace TrapRuntime.AotSmoke.Bench;

/// <summary>Ten thousand registered ranges in address space that holds nothing.</summary>
internal static class ManyRanges
{
    private const int Ranges = 10_000;
    private const int RangeBytes = 64;

    private static readonly nint s_space = PlatformMemory.Current.Reserve((Ranges + 1) * RangeBytes);
    private static GuestCode[] s_registered = [];

    /// <summary>Gets an address that belongs to no range.</summary>
    internal static nint Spare => s_space + (Ranges * RangeBytes);

    /// <summary>Does something while the ranges are registered; they stay so until the program ends, as their number is the point.</summary>
    internal static void With(Action action)
    {
        if (s_registered.Length == 0)
        {
            s_registered = [.. Enumerable.Range(0, Ranges).Select(i => GuestCode.Register(s_space + (i * RangeBytes), RangeBytes / 2))];
        }

        action();
    }
}
