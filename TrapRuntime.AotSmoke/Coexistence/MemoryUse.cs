using System.Globalization;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>How much memory this process holds, as the kernel counts it. Linux.</summary>
internal static class MemoryUse
{
    private const long BytesPerKilobyte = 1024;

    /// <summary>Counts the mappings.</summary>
    internal static int Mappings() => File.ReadLines("/proc/self/maps").Count();

    /// <summary>Gives the resident bytes, exactly: the short counts of <c>statm</c> lag behind by some pages a processor.</summary>
    internal static long Resident() =>
        File.ReadLines("/proc/self/smaps_rollup").Where(static line => line.StartsWith("Rss:", StringComparison.Ordinal))
            .Sum(static line => long.Parse(line["Rss:".Length..^"kB".Length], CultureInfo.InvariantCulture) * BytesPerKilobyte);

    /// <summary>Gives the mapped bytes.</summary>
    internal static long Mapped() => Statm(0);

    // statm: size, resident, shared, ..., in pages.
    private static long Statm(int field) =>
        long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[field], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
}
