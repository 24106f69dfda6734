using System.Runtime.InteropServices;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.Interop;

internal static unsafe partial class Libc
{
    /// <summary>Examines and changes this thread's signal stack (sigaltstack(2)).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "sigaltstack", SetLastError = true)]
    internal static partial int SigAltStack(LinuxSignalStack* stack, LinuxSignalStack* previous);
}
