using System.Runtime.InteropServices;
using TrapRuntime.AotSmoke.Coexistence;
using TrapRuntime.Interop;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.AotSmoke.Storms;

/// <summary>
/// Signals without SA_ONSTACK that land anywhere, on guest stacks deep in recursion too: two interval timers, children that end, and
/// signals to each worker in turn.
/// </summary>
internal sealed unsafe partial class SignalRain : IDisposable
{
    private const int SIGALRM = 14;
    private const int SIGCHLD = 17;
    private const int SIGPROF = 27;
    private const int ITIMER_REAL = 0;
    private const int ITIMER_PROF = 2;
    private const long AlarmMicroseconds = 1009;
    private const long ProfileMicroseconds = 1013;
    private const int WNOHANG = 1;

    /// <summary>One child for so many rounds: a process costs far more than a signal.</summary>
    private const int RoundsPerChild = 50;

    private readonly CountingHandler _alarm = Install(SIGALRM);
    private readonly CountingHandler _profile = Install(SIGPROF);
    private readonly CountingHandler _child = Install(SIGCHLD);
    private readonly List<nint> _threads = [];

    /// <summary>Gets how many signals came.</summary>
    internal string Report => $"SIGALRM {_alarm.Count}, SIGPROF {_profile.Count}, SIGCHLD {_child.Count}";

    /// <summary>Starts the timers.</summary>
    internal static void Start()
    {
        SetTimer(ITIMER_REAL, AlarmMicroseconds);
        SetTimer(ITIMER_PROF, ProfileMicroseconds);
    }

    /// <summary>Adds the calling thread to those that get signals of their own.</summary>
    internal void AddThisThread()
    {
        lock (_threads)
        {
            _threads.Add(Libc.PThreadSelf());
        }
    }

    /// <summary>Takes the calling thread out again, before it ends.</summary>
    internal void RemoveThisThread()
    {
        lock (_threads)
        {
            _ = _threads.Remove(Libc.PThreadSelf());
        }
    }

    /// <summary>Sends each thread a signal, and now and then has a child end.</summary>
    internal void Pour(int round)
    {
        lock (_threads)
        {
            foreach (nint thread in _threads)
            {
                _ = Libc.PThreadSigQueue(thread, round % 2 == 0 ? SIGALRM : SIGPROF, 0);
            }
        }

        if (round % RoundsPerChild == 0)
        {
            StartChild();
        }

        while (WaitPid(-1, null, WNOHANG) > 0)
        {
            // Each child that has ended.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        SetTimer(ITIMER_REAL, 0);
        SetTimer(ITIMER_PROF, 0);
    }

    private static CountingHandler Install(int signal)
    {
        CountingHandler handler = new(signal, LinuxSignalAction.SA_RESTART);
        handler.Install(passesOn: false);
        return handler;
    }

    private static void SetTimer(int which, long microseconds)
    {
        long* timer = stackalloc long[4] { 0, microseconds, 0, microseconds };
        _ = SetITimer(which, timer, null);
    }

    private static void StartChild()
    {
        fixed (byte* name = "/bin/true\0"u8)
        {
            byte** arguments = stackalloc byte*[2] { name, null };
            byte** environment = stackalloc byte*[1] { null };
            int child;
            _ = PosixSpawn(&child, name, null, null, arguments, environment);
        }
    }

    [LibraryImport("libc", EntryPoint = "setitimer")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetITimer(int which, long* value, long* old);

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int PosixSpawn(int* child, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int WaitPid(int child, int* status, int options);
}
