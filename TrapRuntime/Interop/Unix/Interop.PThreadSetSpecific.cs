using System.Runtime.InteropServices;

namespace TrapRuntime.Interop;

internal static unsafe partial class Libc
{
    /// <summary>Sets this thread's value of a key (pthread_setspecific(3)). Returns an error number.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "pthread_setspecific")]
    internal static partial int PThreadSetSpecific(uint key, void* value);
}
