using System.Runtime.InteropServices;

namespace TrapRuntime.Interop;

internal static partial class Libc
{
    /// <summary>Removes a mapping (munmap(2)).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "munmap", SetLastError = true)]
    internal static partial int MUnmap(nint address, nuint length);
}
