using System.Globalization;
using System.Runtime.InteropServices;

namespace TrapRuntime.AotSmoke.Memory;

/// <summary>
/// Lets this process have little more memory than it has, until disposed. Everybody in the process feels it, so it belongs in a process of
/// its own. Linux only.
/// </summary>
internal sealed unsafe partial class MemoryLimit : IDisposable
{
    private const int RLIMIT_DATA = 2;
    private const int RLIMIT_AS = 9;
    private const long BytesPerKilobyte = 1024;

    private readonly int _resource;
    private readonly ResourceLimit _before;

    private MemoryLimit(int resource, long most)
    {
        _resource = resource;
        ResourceLimit before;
        Check(GetRLimit(resource, &before));
        _before = before;
        ResourceLimit limited = before with { Current = (ulong)most };
        Check(SetRLimit(resource, &limited));
    }

    /// <summary>Gets the bytes of address space that the process takes up.</summary>
    internal static long AddressSpace => Read("VmSize:");

    /// <summary>Limits address space: reserving it fails.</summary>
    /// <param name="headroom">How many bytes may still be reserved.</param>
    internal static MemoryLimit OnAddressSpace(long headroom) => new(RLIMIT_AS, AddressSpace + headroom);

    /// <summary>Limits writable memory: reserving goes on to work, making it writable fails.</summary>
    /// <param name="headroom">How many bytes may still be made writable.</param>
    internal static MemoryLimit OnWritableMemory(long headroom) => new(RLIMIT_DATA, Read("VmData:") + headroom);

    /// <summary>Lifts the limit.</summary>
    public void Dispose()
    {
        ResourceLimit before = _before;
        Check(SetRLimit(_resource, &before));
    }

    private static long Read(string key)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * BytesPerKilobyte;
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"The system would not limit this process: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetRLimit(int resource, ResourceLimit* limit);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetRLimit(int resource, ResourceLimit* limit);

    /// <summary>struct rlimit.</summary>
    private struct ResourceLimit
    {
        internal ulong Current;
        internal ulong Maximum;
    }
}
