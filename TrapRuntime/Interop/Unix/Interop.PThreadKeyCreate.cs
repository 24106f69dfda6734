using System.Runtime.InteropServices;

namespace TrapRuntime.Interop;

internal static unsafe partial class Libc
{
    /// <summary>Makes a key for thread-specific values (pthread_key_create(3)). Returns an error number.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "pthread_key_create")]
    internal static partial int PThreadKeyCreate(uint* key, nint destructor);
}
