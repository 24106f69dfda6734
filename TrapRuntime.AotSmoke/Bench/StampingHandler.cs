using System.Diagnostics;
using System.Runtime.InteropServices;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.Interop;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.AotSmoke.Bench;

/// <summary>The fastest signal handler there is: writes the time-stamp counter and returns. Installed for SIGUSR2 while it lives.</summary>
internal sealed unsafe partial class StampingHandler : IDisposable
{
    private static readonly TimeSpan s_calibration = TimeSpan.FromMilliseconds(50);

    private readonly long* _stamp = (long*)NativeMemory.AllocZeroed(sizeof(long));
    private readonly CodeBuffer _handler;
    private readonly CodeBuffer _now;
    private readonly double _ticksPerMicrosecond;
    private LinuxSignalAction _previous;

    internal StampingHandler()
    {
        _handler = Map(e =>
        {
            e.WriteTimeStamp();
            e.Move(Reg64.Rdx, (nint)_stamp);
            e.Store(Reg64.Rdx, 0, Reg64.Rax);
            e.Return();
        });
        _now = Map(static e =>
        {
            e.WriteTimeStamp();
            e.Return();
        });
        _ticksPerMicrosecond = Calibrate();
        Install();
    }

    /// <summary>Gets the calling thread's name for <see cref="Strike"/>.</summary>
    internal static nint Self => Libc.PThreadSelf();

    /// <summary>Reads the time-stamp counter, which runs alike on all processors of the machines that count.</summary>
    internal long Now() => ((delegate* unmanaged[SuppressGCTransition]<long>)_now.Start)();

    /// <summary>Turns a distance of the counter into time.</summary>
    internal double Microseconds(long ticks) => ticks / _ticksPerMicrosecond;

    /// <summary>Signals a thread.</summary>
    /// <returns>Microseconds from before the system call to the handler's first instruction.</returns>
    internal double Strike(nint thread)
    {
        Volatile.Write(ref *_stamp, 0);
        long began = Now();
        _ = PThreadKill(thread, LinuxSignals.SIGUSR2);
        long stamp;
        while ((stamp = Volatile.Read(ref *_stamp)) == 0)
        {
            Thread.SpinWait(1);
        }

        return Microseconds(stamp - began);
    }

    public void Dispose()
    {
        fixed (LinuxSignalAction* previous = &_previous)
        {
            _ = Libc.SigAction(LinuxSignals.SIGUSR2, previous, null);
        }

        _handler.Dispose();
        _now.Dispose();
        NativeMemory.Free(_stamp);
    }

    private static CodeBuffer Map(Action<X64Emitter> write)
    {
        X64Emitter e = new();
        write(e);
        return CodeBuffer.TryCreate(e.Finish()) ?? throw new OutOfMemoryException("There is no memory for machine code.");
    }

    private double Calibrate()
    {
        long began = Stopwatch.GetTimestamp();
        long first = Now();
        while (Stopwatch.GetElapsedTime(began) < s_calibration)
        {
            Thread.SpinWait(1);
        }

        return (Now() - first) / Stopwatch.GetElapsedTime(began).TotalMicroseconds;
    }

    private void Install()
    {
        LinuxSignalAction action = default;
        action.sa_handler = _handler.Start;
        action.sa_flags = LinuxSignalAction.SA_SIGINFO | LinuxSignalAction.SA_ONSTACK | LinuxSignalAction.SA_RESTART;
        fixed (LinuxSignalAction* previous = &_previous)
        {
            if (Libc.SigAction(LinuxSignals.SIGUSR2, &action, previous) != 0)
            {
                throw new InvalidOperationException("SIGUSR2 could not be handled.");
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "pthread_kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int PThreadKill(nint thread, int signal);
}
