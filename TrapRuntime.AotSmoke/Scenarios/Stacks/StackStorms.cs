using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.Stacks;

namespace TrapRuntime.AotSmoke.Scenarios.Stacks;

/// <summary>Many threads at the pool at once, with real guests; afterwards the account balances.</summary>
internal sealed class StackStorms : IScenario
{
    private const int Depth = 5;

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("stacks: 8 threads, 200 calls each", $"1600 returned, {StackAccount.Balanced}, at most 8 pooled", CallOnEight),
        new("stacks: 16 threads, nested calls", $"1600 descents, {StackAccount.Balanced}", NestOnSixteen),
        new("stacks: traps and returns under nested calls", $"800 descents, {StackAccount.Balanced}", TrapUnderNested),
        new("stacks: drain while others call", $"700 descents, {StackAccount.Balanced}", DrainMeanwhile),
    ];

    private static string CallOnEight()
    {
        const int Threads = 8;
        const int Calls = 200;
        StackAccount.Settle();
        using StackProbe probe = new();
        int returned = 0;
        Crowd.Run(Threads, _ =>
        {
            for (int i = 0; i < Calls; i++)
            {
                _ = Interlocked.Add(ref returned, probe.Touch() == 0 ? 0 : 1);
            }
        });
        int pooled = StackPool.Shared.Count();
        return $"{returned} returned, {StackAccount.Balance()}, {(pooled <= Threads ? $"at most {Threads}" : pooled)} pooled";
    }

    private static string NestOnSixteen()
    {
        using Descent descent = new();
        return $"{Descend(16, 100, descent)} descents, {StackAccount.Balance()}";
    }

    private static string TrapUnderNested()
    {
        using StackProbe probe = new();
        using Descent descent = new(atBottom: () =>
        {
            if (probe.Exhaust(GuestStacks.MinSize) != GuestStacks.MinSize || probe.Touch() == 0)
            {
                throw new InvalidOperationException("the innermost guest did not overflow as it should");
            }
        });
        return $"{Descend(8, 100, descent)} descents, {StackAccount.Balance()}";
    }

    private static string DrainMeanwhile()
    {
        const int Callers = 7;
        using Descent descent = new();
        int descents = 0;
        int busy = Callers;
        Crowd.Run(Callers + 1, index =>
        {
            if (index == Callers)
            {
                while (Volatile.Read(ref busy) > 0)
                {
                    GuestStacks.DrainPool();
                }

                return;
            }

            _ = Interlocked.Add(ref descents, Descend(descent, 100));
            _ = Interlocked.Decrement(ref busy);
        });
        return $"{descents} descents, {StackAccount.Balance()}";
    }

    private static int Descend(int threads, int times, Descent descent)
    {
        int descents = 0;
        Crowd.Run(threads, _ => Interlocked.Add(ref descents, Descend(descent, times)));
        return descents;
    }

    private static int Descend(Descent descent, int times)
    {
        int whole = 0;
        for (int i = 0; i < times; i++)
        {
            whole += descent.Go(Depth) == Depth ? 1 : 0;
        }

        return whole;
    }
}
