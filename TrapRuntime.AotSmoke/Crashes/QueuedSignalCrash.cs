using System.Runtime.InteropServices;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>The process sends itself SIGSEGV with a value, as sigqueue(3) does.</summary>
internal sealed partial class QueuedSignalCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "queued-signal";

    /// <inheritdoc/>
    public string Summary => "SIGSEGV queued with a value";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        for (int i = 0; i < CrashTalk.Signals; i++)
        {
            _ = QueueSignal(Environment.ProcessId, LinuxSignals.SIGSEGV, i);
        }
    }

    [LibraryImport("libc", EntryPoint = "sigqueue")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int QueueSignal(int process, int signal, nint value);
}
