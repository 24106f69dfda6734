using System.Runtime.InteropServices;

namespace TrapRuntime.AotSmoke.Storms;

/// <summary>The signals that wait for the calling thread.</summary>
internal static unsafe partial class PendingSignals
{
    /// <summary>A <c>sigset_t</c> is 1,024 bits.</summary>
    private const int MaskWords = 16;

    /// <summary>Whether a signal waits for this thread or for the process.</summary>
    internal static bool Contains(int signal)
    {
        ulong* mask = stackalloc ulong[MaskWords];
        return SigPending(mask) != 0 || (mask[0] >> (signal - 1) & 1) != 0;
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "sigpending")]
    private static partial int SigPending(ulong* mask);
}
