using System.Globalization;
using System.Runtime.InteropServices;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>Limits the address space of this process for a while: setrlimit(2), Linux only.</summary>
internal sealed unsafe partial class AddressSpaceLimit : IDisposable
{
    private const int RLIMIT_AS = 9;

    private readonly Limit _before;

    internal AddressSpaceLimit(ulong headroom)
    {
        Limit before;
        _ = GetRLimit(RLIMIT_AS, &before);
        _before = before;
        Limit limited = before with { Current = Used() + headroom };
        if (SetRLimit(RLIMIT_AS, &limited) != 0)
        {
            throw new InvalidOperationException("setrlimit refused to limit the address space");
        }
    }

    /// <summary>Gets the bytes of address space in use.</summary>
    internal static ulong Used()
    {
        string pages = File.ReadAllText("/proc/self/statm").Split(' ')[0];
        return ulong.Parse(pages, CultureInfo.InvariantCulture) * (ulong)Environment.SystemPageSize;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Limit before = _before;
        _ = SetRLimit(RLIMIT_AS, &before);
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetRLimit(int resource, Limit* limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetRLimit(int resource, Limit* limit);

    /// <summary>struct rlimit.</summary>
    private struct Limit
    {
        internal ulong Current;
        internal ulong Maximum;
    }
}
