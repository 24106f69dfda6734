using System.Runtime.InteropServices;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.Interop;

internal static unsafe partial class Libc
{
    /// <summary>Examines and changes the action of a signal (sigaction(2)).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "sigaction", SetLastError = true)]
    internal static partial int SigAction(int signal, LinuxSignalAction* action, LinuxSignalAction* previous);
}
