using TrapRuntime.Interop;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>A library that comes back on top again and again, each time to pass on to what it finds; nothing may run in circles.</summary>
internal static unsafe class ReturningLibrary
{
    private const int Returns = 100;

    internal static string? Run()
    {
        CountingHandler below = new(LinuxSignals.SIGFPE, 0);
        CountingHandler above = new(LinuxSignals.SIGFPE, LinuxSignalAction.SA_ONSTACK);
        below.Install(passesOn: false);
        TrapHandlers.Initialize();
        GuestFault division = GuestFaults.All.First(static fault => fault.Expected == TrapCode.IntegerDivisionByZero);
        int mappings = 0;
        for (int i = 1; i <= Returns; i++)
        {
            above.Install(passesOn: true);
            if (!TrapHandlers.EnsureTopmost())
            {
                return $"EnsureTopmost saw nothing, time {i}";
            }

            if (TrapHandlers.EnsureTopmost())
            {
                return $"EnsureTopmost saw something twice, time {i}";
            }

            // A signal that somebody sends is no guest's: both libraries hear of it, once.
            _ = Libc.PThreadSigQueue(Libc.PThreadSelf(), LinuxSignals.SIGFPE, 0);
            if (above.Count != i || below.Count != i)
            {
                return $"time {i}: the library on top was called {above.Count} times, the one below {below.Count} times";
            }

            string? wrong = division.Run();
            if (wrong is not null)
            {
                return wrong;
            }

            mappings = i == 2 ? MemoryUse.Mappings() : mappings;
        }

        return above.Count == Returns && MemoryUse.Mappings() - mappings < Returns / 2 ? null : "gates pile up";
    }
}
