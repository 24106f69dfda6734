using System.Runtime.InteropServices;

namespace TrapRuntime.Interop;

internal static partial class Libc
{
    /// <summary>Changes the protection of mapped pages (mprotect(2)).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "mprotect", SetLastError = true)]
    internal static partial int MProtect(nint address, nuint length, int protection);
}
