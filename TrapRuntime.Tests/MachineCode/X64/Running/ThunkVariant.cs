using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrapRuntime.Activations;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms;
using TrapRuntime.Signals;
using TrapRuntime.Traps;

namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>
/// The thunks under test. In a process with <see cref="Variable"/> set, those that ask the C library for the thread block take
/// the place of the process's own, gates included, so that the same tests run them.
/// </summary>
internal static unsafe class ThunkVariant
{
    internal const string Variable = "TRAPRUNTIME_TESTS_ASK_FOR_THREAD_BLOCK";

    private static readonly Lazy<(ThunkEnvironment Environment, ThunkSet Thunks)> s_current = new(Create);

    /// <summary>Gets a value indicating whether the thunks ask for the thread block.</summary>
    internal static bool IsFallback { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>Gets the thunks.</summary>
    internal static ThunkSet Thunks => s_current.Value.Thunks;

    /// <summary>Gets what they were built for.</summary>
    internal static ThunkEnvironment Facts => s_current.Value.Environment;

    /// <summary>Readies the calling thread, whose guest calls go through these thunks from now on.</summary>
    internal static ThreadBlock* ReadyThread()
    {
        nint enter = Thunks.Enter;
        ThreadBlock* thread = ThreadSetup.Ensure();
        thread->Enter = enter;
        return thread;
    }

    [ModuleInitializer]
    internal static void PrepareIfAsked()
    {
        if (IsFallback)
        {
            _ = s_current.Value;
        }
    }

    private static (ThunkEnvironment Environment, ThunkSet Thunks) Create()
    {
        PlatformSignals signals = PlatformSignals.Current;
        Dictionary<int, SignalAction> earlier = [];
        foreach (int signal in (int[])[.. signals.Faults, signals.NumberOf(InterruptSignal.Default)])
        {
            earlier.Add(signal, signals.Query(signal));
        }

        TrapPath path = TrapPath.Ensure();
        ThunkEnvironment environment = ProcessorThunks.Current.WithProcessorFacts(new ThunkEnvironment
        {
            ThreadBlock = FindThreadBlock(path.ThreadKey),
            Layout = signals.Layout,
            SystemCalls = signals.SystemCalls,
            FaultHandler = HandlerAddresses.Fault,
            InterruptHandler = HandlerAddresses.Interrupt,
            InterruptSignal = path.InterruptNumber,
            InterruptCode = signals.InterruptCode,
            ProcessBlock = (nint)ProcessState.Block,
            LeavesByJump = signals.LeavesByJump,
        });
        if (!IsFallback)
        {
            return (environment, path.Thunks);
        }

        ThunkSet thunks = ProcessorThunks.Current.Create(environment);
        Replace(thunks, environment, earlier);
        return (environment, thunks);
    }

    // The search leaves its thread without a block, so it gets a thread of its own.
    private static ThreadBlockAccess FindThreadBlock(uint key)
    {
        ThreadBlockAccess found = default;
        Thread thread = new(() => found = ThreadBlockFinder.Find(key));
        thread.Start();
        thread.Join();
        return IsFallback ? new ThreadBlockAccess { Subroutine = found.Subroutine } : found;
    }

    // The new gates pass on to what was there before the library came: a fault they fail to take must not find its first gates.
    private static void Replace(ThunkSet thunks, ThunkEnvironment environment, Dictionary<int, SignalAction> earlier)
    {
        ProcessBlock* block = ProcessState.Block;
        block->ThunksStart = (nuint)thunks.Start;
        block->ThunksEnd = (nuint)thunks.End;
        block->EnterWindowStart = (nuint)thunks.EnterWindow;
        block->EnterWindowEnd = (nuint)thunks.ExitLabel;
        block->ExitLabel = (nuint)thunks.ExitLabel;
        SafeCopy.s_copy = (delegate* unmanaged<void*, void*, nuint, int>)thunks.SafeCopy;
        foreach ((int signal, SignalAction action) in earlier)
        {
            GateRecord* record = (GateRecord*)NativeMemory.AllocZeroed((nuint)sizeof(GateRecord));
            record->Handler = action.Handler;
            record->Flags = action.Flags;
            record->Mask = PlatformSignals.Current.BlockedBy(signal, action);
            bool isSent = signal == environment.InterruptSignal;
            ThunkEnvironment own = isSent ? environment with { LeavesByJump = false } : environment;
            PlatformSignals.Current.Install(signal, ProcessorThunks.Current.CreateGate(own, thunks, (nint)record), action, isSent);
        }
    }
}
