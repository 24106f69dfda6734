using System.Runtime.InteropServices;
using TrapRuntime.Activations;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.Interop;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms.Linux;
using TrapRuntime.Signals;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>What the interrupt signal does to everybody else. Each case wants a process that has not run a guest yet.</summary>
internal static unsafe partial class InterruptSignals
{
    private const int Kicks = 200;
    private static readonly GuestSignature s_oneWord = GuestSignature.Create([GuestValueKind.Int64]);

    /// <summary>Gets the cases by name; each says what is wrong, or gives null.</summary>
    internal static IReadOnlyDictionary<string, Func<string?>> Cases { get; } = new Dictionary<string, Func<string?>>
    {
        ["no-signal"] = NoSignal,
        ["second-user-signal"] = SecondUserSignal,
        ["handlers-of-the-host"] = HandlersOfTheHost,
        ["earlier-handler"] = EarlierHandler,
        ["blocking-read"] = BlockingRead,
    };

    // Without a signal the token is seen when a host function returns; nothing is installed.
    private static string? NoSignal()
    {
        TrapHandlers.Initialize(new TrapHandlerOptions { InterruptSignal = InterruptSignal.None });
        TrapKind? kind = CancelHostCalls();
        return HandlerOf(LinuxSignals.SIGUSR1) != 0 ? "SIGUSR1 was taken"
            : HandlerOf(LinuxSignals.SIGUSR2) != 0 ? "SIGUSR2 was taken"
            : InterruptKicker.Watched != 0 ? "a call is watched that cannot be kicked"
            : kind == TrapKind.Interrupted ? null : $"the guest came to {kind}";
    }

    private static string? SecondUserSignal()
    {
        TrapHandlers.Initialize(new TrapHandlerOptions { InterruptSignal = InterruptSignal.User2 });
        TrapKind? kind = CancelLoop();
        return HandlerOf(LinuxSignals.SIGUSR1) != 0 ? "SIGUSR1 was taken" : kind == TrapKind.Interrupted ? null : $"the guest came to {kind}";
    }

    // Nobody handles the signal: a kick would end the process.
    private static string? HandlersOfTheHost()
    {
        TrapHandlers.Initialize(new TrapHandlerOptions { InstallHandlers = false });
        TrapHandlers.InitializeCurrentThread();
        InterruptSender.Send(CurrentThread.BlockOrNull->Thread);
        TrapKind? kind = CancelHostCalls();
        return kind == TrapKind.Interrupted ? null : $"the guest came to {kind}";
    }

    private static string? EarlierHandler()
    {
        long* count = (long*)NativeMemory.AllocZeroed(sizeof(long));
        LinuxSignalAction action = default;
        action.sa_handler = CountingHandler(count);
        _ = Libc.SigAction(LinuxSignals.SIGUSR1, &action, null);
        TrapHandlers.Initialize();
        TrapKind? kind = CancelLoop();
        TrapHandlers.InitializeCurrentThread();
        for (int i = 0; i < Kicks; i++)
        {
            InterruptSender.Send(CurrentThread.BlockOrNull->Thread);
        }

        long ofOurs = Volatile.Read(ref *count);
        _ = PThreadKill(Libc.PThreadSelf(), LinuxSignals.SIGUSR1);
        long ofForeign = Volatile.Read(ref *count) - ofOurs;
        return kind != TrapKind.Interrupted ? $"the guest came to {kind}"
            : ofOurs != 0 ? $"the earlier handler saw {ofOurs} of our signals"
            : ofForeign == 1 ? null : $"the earlier handler saw a foreign signal {ofForeign} times";
    }

    // A host function waits for a pipe while kicks rain down: the system call goes on, the bytes arrive.
    private static string? BlockingRead()
    {
        TrapHandlers.Initialize();
        int* ends = stackalloc int[2];
        _ = Pipe(ends);
        int writeEnd = ends[1];
        nint self = 0;
        int errors = 0;
        int got = 0;
        int reading = ends[0];
        Thread kicker = new(() =>
        {
            while (Volatile.Read(ref self) == 0)
            {
                _ = Thread.Yield();
            }

            byte one = 1;
            for (int i = 0; i < Kicks; i++)
            {
                InterruptSender.Send(self);
                _ = Thread.Yield();
            }

            _ = Write(writeEnd, &one, 1);
        });
        kicker.Start();
        using HostFunction function = HostFunction.Create(s_oneWord, (ref HostCallContext _) =>
        {
            Volatile.Write(ref self, CurrentThread.BlockOrNull->Thread);
            byte one;
            got = (int)Read(reading, &one, 1);
            errors = got == 1 ? 0 : Marshal.GetLastPInvokeError();
            return default;
        });
        TrapKind? kind = CallOnce(function, CancellationToken.None);
        kicker.Join();
        return kind is not null ? $"the guest came to {kind}" : got == 1 ? null : $"read failed with error {errors}";
    }

    private static TrapKind? CancelLoop()
    {
        using GuestCode loop = LoopGuest.Emit();
        using CancellationTokenSource source = new();
        long started = 0;
        Thread canceller = CancelOnceSet(source, &started);
        TrapKind? kind = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)loop.Start, &started, cancellationToken: source.Token).Trap?.Kind;
        canceller.Join();
        return kind;
    }

    private static TrapKind? CancelHostCalls()
    {
        using GuestCode guest = CallLoopGuest.Emit();
        using CancellationTokenSource source = new();
        using HostFunction function = HostFunction.Create(s_oneWord, static (ref HostCallContext _) => default);
        CallLoopGuest.Calls calls = new() { Function = function.Address };
        Thread canceller = CancelOnceSet(source, &calls.Done);
        TrapKind? kind = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, &calls, cancellationToken: source.Token).Trap?.Kind;
        canceller.Join();
        return kind;
    }

    private static TrapKind? CallOnce(HostFunction function, CancellationToken token)
    {
        using GuestCode guest = CallLoopGuest.Emit();
        CallLoopGuest.Calls calls = new() { Function = function.Address, Left = 1 };
        return GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, &calls, cancellationToken: token).Trap?.Kind;
    }

    private static Thread CancelOnceSet(CancellationTokenSource source, long* word)
    {
        nint address = (nint)word;
        Thread thread = new(() =>
        {
            while (Volatile.Read(ref *(long*)address) == 0)
            {
                _ = Thread.Yield();
            }

            source.Cancel();
        });
        thread.Start();
        return thread;
    }

    private static nint HandlerOf(int signal)
    {
        LinuxSignalAction action;
        return Libc.SigAction(signal, null, &action) == 0 ? action.sa_handler : -1;
    }

    private static nint CountingHandler(long* count) => GuestAssembly.MapForeign(e =>
    {
        e.Move(Reg64.Rax, (nint)count);
        e.AddMemory(Reg64.Rax, 0, 1);
        e.Return();
    });

    [LibraryImport("libc", EntryPoint = "pthread_kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int PThreadKill(nint thread, int signal);

    [LibraryImport("libc", EntryPoint = "pipe")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Pipe(int* ends);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Read(int file, void* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int file, void* buffer, nint count);
}
