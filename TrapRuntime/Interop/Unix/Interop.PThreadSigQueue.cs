using System.Runtime.InteropServices;

namespace TrapRuntime.Interop;

internal static partial class Libc
{
    /// <summary>Queues a signal with a value to a thread of this process (pthread_sigqueue(3)). Returns an error number.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "pthread_sigqueue")]
    internal static partial int PThreadSigQueue(nint thread, int signal, nint value);
}
