using TrapRuntime.AotSmoke.Scenarios.Stacks;

namespace TrapRuntime.AotSmoke.Trials;

/// <summary>Ten thousand threads that each make a call and end: what they held is taken back, and serves those who come later.</summary>
internal sealed class ComingAndGoingTrial : ITrial
{
    private const int Threads = 10_000;
    private const int AtOnce = 16;
    private const int HostStackSize = 256 * 1024;

    /// <summary>Stacks that may exist at once: those of the running threads, and of as many that have ended and were not noticed yet, with some to spare.</summary>
    private const int MostAtOnce = 8 * AtOnce;

    /// <inheritdoc/>
    public string Name => "threads";

    /// <inheritdoc/>
    public string? Run()
    {
        using StackProbe probe = new();
        int returned = 0;
        Thread[] threads = new Thread[AtOnce];
        for (int i = 0; i < Threads; i++)
        {
            int slot = i % AtOnce;
            threads[slot]?.Join();
            threads[slot] = new Thread(() => Interlocked.Add(ref returned, probe.Touch() == 0 ? 0 : 1), HostStackSize);
            threads[slot].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        bool takenBack = StackAccount.Await(static () => TrapHandlers.GetStatistics().StacksCached == 0);
        TrapStatistics end = TrapHandlers.GetStatistics();
        string balance = StackAccount.Balance();
        Console.WriteLine($"{returned} threads, {end.StacksPooled} pooled, {end.StacksCached} cached, {Stacks.StackCounters.PeakMapped} at the peak; {balance}");
        return returned != Threads ? "not every call returned"
            : !takenBack ? "threads that ended still hold stacks"
            : balance != StackAccount.Balanced ? balance
            : Stacks.StackCounters.PeakMapped > MostAtOnce ? "threads that ended kept their stacks from those that came after"
            : null;
    }
}
