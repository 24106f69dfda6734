using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>
/// A library comes on top, passes on what is not its own, and nobody calls EnsureTopmost: guests go on trapping, and what the kernel
/// blocked for the library's handler does not stay blocked.
/// </summary>
internal static class LibraryOnTop
{
    private const int Times = 3;

    internal static string? RunCalling() => Run(calls: true, LinuxSignalAction.SA_ONSTACK);

    internal static string? RunJumping() => Run(calls: false, LinuxSignalAction.SA_ONSTACK);

    private static string? Run(bool calls, int flags)
    {
        TrapHandlers.Initialize();
        ThreadFacts before = ThreadFacts.Read();
        List<CountingHandler> handlers = [];
        foreach (int signal in LinuxSignals.Faults)
        {
            CountingHandler handler = new(signal, flags, calls: calls);
            handler.Install(passesOn: true);
            handlers.Add(handler);
        }

        for (int i = 0; i < Times; i++)
        {
            foreach (GuestFault fault in GuestFaults.All)
            {
                string? wrong = fault.Run();
                ThreadFacts after = ThreadFacts.Read() with { Error = before.Error };
                wrong ??= after == before ? null : $"{fault.Name}: {before} became {after}";
                if (wrong is not null)
                {
                    return wrong;
                }
            }
        }

        return handlers.Sum(static handler => handler.Count) >= Times * GuestFaults.All.Count ? null : "the library was not asked";
    }
}
