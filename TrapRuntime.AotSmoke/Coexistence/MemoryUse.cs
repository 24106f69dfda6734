using System.Globalization;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>How much memory this process holds, as the kernel counts it. Linux.</summary>
internal static class MemoryUse
{
    /// <summary>Counts the mappings.</summary>
    internal static int Mappings() => File.ReadLines("/proc/self/maps").Count();

    /// <summary>Gives the resident bytes.</summary>
    internal static long Resident() => Statm(1);

    /// <summary>Gives the mapped bytes.</summary>
    internal static long Mapped() => Statm(0);

    // statm: size, resident, shared, ..., in pages.
    private static long Statm(int field) =>
        long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[field], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
}
