using System.Runtime.InteropServices;
using TrapRuntime.Activations;
using TrapRuntime.Diagnostics;
using TrapRuntime.MachineCode;
using TrapRuntime.Platforms;
using TrapRuntime.Stacks;
using TrapRuntime.Traps;

namespace TrapRuntime.Signals;

/// <summary>What the process needs before a guest can run: thunks, gates, options. Made once, never taken down.</summary>
/// <remarks>Wasmer: <c>init_traps</c>, <c>platform_init</c>.</remarks>
internal sealed unsafe class TrapPath
{
    private static readonly Lock s_lock = new();
    private static volatile TrapPath? s_current;
    private readonly List<SignalGates> _gates = [];

    private TrapPath(TrapHandlerOptions options)
    {
        Options = options;
        PlatformSignals signals = PlatformSignals.Current;
        ProcessorThunks processor = ProcessorThunks.Current;
        InterruptNumber = signals.NumberOf(options.InterruptSignal);
        ThreadKey = signals.CreateThreadKey(processor.CreateThreadEnd(signals.SystemCalls, isLast: true));
        ThreadLeave = processor.CreateThreadEnd(signals.SystemCalls, isLast: false);
        ThunkEnvironment environment = processor.WithProcessorFacts(new ThunkEnvironment
        {
            ThreadBlock = ThreadBlockFinder.Find(ThreadKey),
            Layout = signals.Layout,
            SystemCalls = signals.SystemCalls,
            FaultHandler = HandlerAddresses.Fault,
            InterruptHandler = HandlerAddresses.Interrupt,
            InterruptSignal = InterruptNumber,
            InterruptCode = signals.InterruptCode,
            ProcessBlock = (nint)ProcessState.Block,
            LeavesByJump = signals.LeavesByJump,
        });
        Thunks = processor.Create(environment);
        Publish(Thunks);
        if (options.InstallHandlers)
        {
            AddGates(environment);
        }

        SafeCopy.s_copy = (delegate* unmanaged<void*, void*, nuint, int>)Thunks.SafeCopy;
        TrapMetrics.Initialize(TrapCounters.Measure);
    }

    /// <summary>Gets or sets the longest back-trace: the option's value, which only benchmarks change.</summary>
    internal static int MaxBacktraceFrames { get; set; }

    /// <summary>Gets the options in force.</summary>
    internal TrapHandlerOptions Options { get; }

    /// <summary>Gets the thunks.</summary>
    internal ThunkSet Thunks { get; }

    /// <summary>Gets the key under which threads keep their blocks.</summary>
    internal uint ThreadKey { get; }

    /// <summary>Gets the destructor that puts a thread's earlier signal stack back while the earlier owner still looks for it.</summary>
    internal nint ThreadLeave { get; }

    /// <summary>Gets the interrupt signal's number, or 0.</summary>
    internal int InterruptNumber { get; }

    /// <summary>Sets the process up with default options unless it is set up.</summary>
    internal static TrapPath Ensure() => s_current ?? Initialize(null);

    /// <summary>Sets the process up; the same options again change nothing.</summary>
    /// <exception cref="InvalidOperationException">It is set up with other options.</exception>
    /// <exception cref="PlatformNotSupportedException">Guests cannot run on this platform.</exception>
    internal static TrapPath Initialize(TrapHandlerOptions? options)
    {
        lock (s_lock)
        {
            if (s_current is TrapPath current)
            {
                return options is null || options == current.Options
                    ? current
                    : throw new InvalidOperationException(
                        $"TrapRuntime is initialised with {current.Options}; it cannot be initialised again with {options}. "
                        + "Call TrapHandlers.Initialize once, before the first guest call.");
            }

            if (!PlatformSupport.IsSupported)
            {
                throw new PlatformNotSupportedException(PlatformSupport.Reason);
            }

            options ??= new TrapHandlerOptions();
            options.Validate();
            TrapPath path = new(options);
            s_current = path;
            return path;
        }
    }

    /// <summary>Puts the gates back on top of handlers that came later.</summary>
    /// <returns>True if there was any.</returns>
    internal bool EnsureTopmost()
    {
        lock (s_lock)
        {
            bool displaced = false;
            foreach (SignalGates gates in _gates)
            {
                displaced |= gates.Install();
            }

            return displaced;
        }
    }

    private void Publish(ThunkSet thunks)
    {
        ProcessBlock* block = ProcessState.Block;
        MaxBacktraceFrames = Options.MaxBacktraceFrames;
        block->ThunksStart = (nuint)thunks.Start;
        block->ThunksEnd = (nuint)thunks.End;
        block->EnterWindowStart = (nuint)thunks.EnterWindow;
        block->EnterWindowEnd = (nuint)thunks.ExitLabel;
        block->ExitLabel = (nuint)thunks.ExitLabel;
        block->SignalReserve = GuardedStack.ReserveIn((nuint)Options.StackGuardSize);
        RejectedText.Publish(block);
        ThreadReclaimer.SetRelease(&ThreadSetup.Release);
        StackPool.Configure(Options.MaxPooledStacks, (nuint)Options.StackGuardSize, Options.StackHygiene);
    }

    private void AddGates(ThunkEnvironment environment)
    {
        foreach (int signal in PlatformSignals.Current.Faults)
        {
            _gates.Add(new SignalGates(signal, environment, Thunks, isSent: false));
        }

        // Host system calls must not fail with EINTR because a guest was interrupted.
        if (InterruptNumber != 0)
        {
            _gates.Add(new SignalGates(InterruptNumber, environment, Thunks, isSent: true));
        }

        foreach (SignalGates gates in _gates)
        {
            _ = gates.Install();
        }
    }
}
