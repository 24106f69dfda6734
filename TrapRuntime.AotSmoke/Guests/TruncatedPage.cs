using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using TrapRuntime.Interop;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary>A page of a mapped file that has shrunk meanwhile: it is mapped, and reading it is a bus error.</summary>
internal sealed class TruncatedPage : IDisposable
{
    private const int ProtRead = 1;
    private const int MapShared = 1;
    private const nint MapFailed = -1;

    private readonly SafeFileHandle _file;

    internal TruncatedPage()
    {
        _file = File.OpenHandle(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        RandomAccess.SetLength(_file, Environment.SystemPageSize);
        Address = Libc.MMap(0, (nuint)Environment.SystemPageSize, ProtRead, MapShared, (int)_file.DangerousGetHandle(), 0);
        if (Address == MapFailed)
        {
            throw new IOException($"The file could not be mapped: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        RandomAccess.SetLength(_file, 0);
    }

    /// <summary>Gets the address of the first byte.</summary>
    internal nint Address { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = Libc.MUnmap(Address, (nuint)Environment.SystemPageSize);
        _file.Dispose();
    }
}
