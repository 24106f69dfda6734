using System.Runtime.InteropServices;

namespace TrapRuntime.Interop;

internal static partial class Libc
{
    /// <summary>Names the calling thread (pthread_self(3)).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "pthread_self")]
    internal static partial nint PThreadSelf();
}
