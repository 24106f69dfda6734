using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.AotSmoke.Scenarios;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>
/// A signal without SA_ONSTACK finds the guest deep in its stack. With room it is handled and the guest goes on; where its frame does
/// not fit, the kernel turns it into a SIGSEGV without an address, which is a stack overflow.
/// </summary>
internal static unsafe class LateSignal
{
    private const int StackSize = 64 * 1024;
    private const int Times = 10;
    private const int PlentyLeft = 32 * 1024;
    private const int LittleLeft = 1024;
    private const int SIGALRM = 14;

    /// <summary>Room for the kernel's frame, but not for the handler as well.</summary>
    private const int TightLeft = 8 * 1024;
    private const int HandlerNeeds = 8 * 1024;

    /// <summary>A handler that runs out of the guest's stack is not the guest's fault: it runs on in the guard, and the guest goes on.</summary>
    internal static string? RunTight()
    {
        CountingHandler alarm = new(SIGALRM, LinuxSignalAction.SA_RESTART, HandlerNeeds);
        alarm.Install(passesOn: false);
        for (int i = 1; i <= Times; i++)
        {
            string? wrong = Expect(TightLeft, null) ?? (alarm.Count == i ? null : $"{alarm.Count} alarms, time {i}");

            // The guard is whole again afterwards.
            wrong ??= GuestFaults.All[^1].Run(StackSize);
            if (wrong is not null)
            {
                return wrong;
            }
        }

        return null;
    }

    internal static string? Run()
    {
        CountingHandler alarm = new(SIGALRM, LinuxSignalAction.SA_RESTART);
        alarm.Install(passesOn: false);
        ThreadFacts before = ThreadFacts.Read();
        GuestFault nonCanonical = GuestFaults.All.First(static fault => fault.Name == "non-canonical read");

        return Expect(PlentyLeft, null)
            ?? (alarm.Count == 1 ? null : $"{alarm.Count} alarms with room to spare")
            ?? Expect(LittleLeft, TrapCode.StackOverflow)
            ?? (alarm.Count == 1 ? null : $"{alarm.Count} alarms without room")

            // The kernel keeps the number of a thread's last exception: an old one must not be taken for this one's.
            ?? nonCanonical.Run()
            ?? Expect(LittleLeft, TrapCode.StackOverflow)

            // The same place, but a wild address: no stack overflow.
            ?? ReadNearGuard()
            ?? (ThreadFacts.Read() with { Error = before.Error } == before ? null : $"{before} became {ThreadFacts.Read()}");
    }

    private static string? Expect(int left, TrapCode? expected)
    {
        using GuestCode code = GuestAssembly.Announce("alarm", e =>
        {
            e.EnterFrame();
            e.Subtract(Reg64.Rsp, StackSize - left);
            EmitAlarm(e);
            e.LeaveFrame();
        });
        Trap? trap = Call(code);
        return trap?.Code == expected ? null : $"an alarm with {left} bytes left ended in {trap?.ToString() ?? "a return"}";
    }

    private static string? ReadNearGuard()
    {
        using GuestCode code = GuestAssembly.Announce("read_near_guard", static e =>
        {
            e.EnterFrame();
            e.Subtract(Reg64.Rsp, StackSize - LittleLeft);
            e.Move(Reg64.Rax, (ulong)WildAddress.NonCanonical);
            e.Load(Reg64.Rax, Reg64.Rax, 0);
            e.LeaveFrame();
        });
        Trap? trap = Call(code);
        return trap is { Code: TrapCode.None, Kind: TrapKind.Hardware } ? null : $"a wild read near the guard ended in {trap?.ToString() ?? "a return"}";
    }

    private static Trap? Call(GuestCode code) =>
        GuestCall.CatchTraps((delegate* unmanaged<void*, void>)code.Start, null, new VMConfig { StackSize = StackSize }).Trap;

    // tgkill(getpid(), gettid(), SIGALRM): the signal comes at the return from this call.
    private static void EmitAlarm(X64Emitter e)
    {
        const int SysTgkill = 234; // the kernel's number on x86_64
        e.Move(Reg64.Rax, LinuxX64SystemCalls.__NR_getpid);
        e.SystemCall();
        e.Move(Reg64.Rdi, Reg64.Rax);
        e.Move(Reg64.Rax, LinuxX64SystemCalls.__NR_gettid);
        e.SystemCall();
        e.Move(Reg64.Rsi, Reg64.Rax);
        e.Move(Reg64.Rdx, SIGALRM);
        e.Move(Reg64.Rax, SysTgkill);
        e.SystemCall();
    }
}
