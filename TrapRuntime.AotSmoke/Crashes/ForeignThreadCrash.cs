using System.Runtime.InteropServices;
using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>A thread that the runtime has never seen writes to null.</summary>
internal sealed unsafe partial class ForeignThreadCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "foreign-thread";

    /// <inheritdoc/>
    public string Summary => "a thread made by pthread_create writes to null";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        nuint thread;
        if (CreateThread(&thread, null, GuestAssembly.MapForeign(WriteGuest.Write), null) == 0)
        {
            _ = JoinThread(thread, null);
        }
    }

    [LibraryImport("libc", EntryPoint = "pthread_create")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CreateThread(nuint* thread, void* attributes, nint start, void* argument);

    [LibraryImport("libc", EntryPoint = "pthread_join")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int JoinThread(nuint thread, void** result);
}
