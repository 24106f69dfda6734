using System.Runtime.InteropServices;

namespace TrapRuntime.Interop;

internal static unsafe partial class Libc
{
    /// <summary>Maps memory (mmap(2)). Returns -1 and sets the last error when it cannot.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "mmap", SetLastError = true)]
    internal static partial nint MMap(nint address, nuint length, int protection, int flags, int file, long offset);
}
