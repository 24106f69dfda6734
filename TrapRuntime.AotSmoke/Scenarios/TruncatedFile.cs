using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.Interop;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>A mapped file that shrank: what lies beyond its end is a bus error.</summary>
internal sealed unsafe class TruncatedFile : IScenario
{
    private const int ProtRead = 1;
    private const int MapShared = 1;
    private const nint MapFailed = -1;

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
        [new("read beyond a truncated mapped file", "Hardware None, SIGBUS 2, Read the page, at read", Run)];

    private static string Run()
    {
        int length = Environment.SystemPageSize;
        string path = Path.GetTempFileName();
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        RandomAccess.SetLength(file, length);
        nint page = Libc.MMap(0, (nuint)length, ProtRead, MapShared, (int)file.DangerousGetHandle(), 0);
        if (page == MapFailed)
        {
            return $"mmap failed: {Marshal.GetLastPInvokeErrorMessage()}";
        }

        RandomAccess.SetLength(file, 0);
        using GuestCode guest = ReadGuest.Emit();
        string got = TrapText.CallWith(guest, (nuint)page);
        _ = Libc.MUnmap(page, (nuint)length);
        return got.Replace($"0x{page:x}", "the page", StringComparison.Ordinal);
    }
}
