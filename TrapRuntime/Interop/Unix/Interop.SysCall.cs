using System.Runtime.InteropServices;

namespace TrapRuntime.Interop;

internal static partial class Libc
{
    /// <summary>Makes a system call by its number (syscall(2)). Takes a variable number of arguments, which Linux passes like any others.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint SysCall(nint number, nint first, nint second, nint third, nint fourth);
}
