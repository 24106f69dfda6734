using System.Globalization;
using TrapRuntime.Activations;
using TrapRuntime.Stacks;

namespace TrapRuntime.AotSmoke.Scenarios.Stacks;

/// <summary>Which stack the next call gets: the thread's own, a pooled one, a new one.</summary>
internal sealed class StackReuse : IScenario
{
    private const int Undersized = 500 * 1024;
    private const int OneMebibyte = 1024 * 1024;
    private const int FourMebibytes = 4 * OneMebibyte;
    private const int ManyCalls = 1000;

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        StackProbe.Case("stacks: a thread keeps the stack of its first call", "1 mapped, the second call got it too, pool empty", KeepFirst),
        StackProbe.Case("stacks: drain, and drain again", "slot and pool empty, then again; the next call got a new one", DrainTwice),
        StackProbe.Case("stacks: an undersized one does not serve", "1 MiB to the byte, the smaller one went to the pool", LeaveUndersized),
        StackProbe.Case("stacks: a larger request leaves the smaller stack", "a stack of 4 MiB, the smaller one went to the pool", GrowRequest),
        StackProbe.Case("stacks: 1,000 calls map one stack", "1 mapped, pool empty", CallOften),
        StackProbe.Case("stacks: a trap does not spoil the next call", "overflow, then a return on the same stack", TrapThenReturn),
        StackProbe.Case("stacks: five nested calls, again and again", "5 mapped, 1 cached, 4 pooled", NestAgain),
        new("stacks: an ended thread's stack serves the next thread", "the same stack", static () => StackAccount.OnFreshThread(PassOn)),
    ];

    private static string KeepFirst(StackProbe probe)
    {
        long before = StackCounters.Fresh;
        nuint first = probe.Touch();
        bool kept = StackAccount.Slot.IsPresent;
        nuint second = probe.Touch();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{StackCounters.Fresh - before} mapped, the second call got {(kept && first == second ? "it too" : "another")}, pool {Pool}");
    }

    private static string DrainTwice(StackProbe probe)
    {
        _ = probe.Touch();
        GuestStacks.DrainPool();
        string once = $"slot and pool {(StackAccount.Slot.IsPresent ? "not empty" : Pool)}";
        GuestStacks.DrainPool();
        string twice = StackAccount.Slot.IsPresent || Pool != "empty" ? "not again" : "then again";
        long before = StackCounters.Fresh;
        bool returned = probe.Touch() != 0;
        return $"{once}, {twice}; the next call got {(returned && StackCounters.Fresh == before + 1 ? "a new one" : "something else")}";
    }

    private static string LeaveUndersized(StackProbe probe)
    {
        _ = probe.Touch(Undersized);
        StackMapping small = StackAccount.Slot;
        nuint depth = probe.Exhaust(OneMebibyte);
        return $"{(depth == OneMebibyte ? "1 MiB to the byte" : $"{depth} bytes")}, {FateOf(small, Undersized)}";
    }

    private static string GrowRequest(StackProbe probe)
    {
        _ = probe.Touch(OneMebibyte);
        StackMapping small = StackAccount.Slot;
        _ = probe.Touch(FourMebibytes);
        return $"a stack of {StackAccount.Slot.UsableSize >> 20} MiB, {FateOf(small, OneMebibyte)}";
    }

    private static string FateOf(StackMapping small, nuint size)
    {
        uint anyShard = 0;
        if (!StackPool.Shared.TryTake(size, ref anyShard, out StackMapping pooled))
        {
            return "the smaller one is gone";
        }

        GuardedStack.Unmap(pooled);
        return pooled.Start == small.Start ? "the smaller one went to the pool" : "another one is in the pool";
    }

    private static string CallOften(StackProbe probe)
    {
        long before = StackCounters.Fresh;
        for (int i = 0; i < ManyCalls; i++)
        {
            if (probe.Touch() == 0)
            {
                return $"call {i} trapped";
            }
        }

        return $"{StackCounters.Fresh - before} mapped, pool {Pool}";
    }

    private static string TrapThenReturn(StackProbe probe)
    {
        nuint before = probe.Touch();
        string overflow = probe.Exhaust() == 0 ? "no overflow" : "overflow";
        return $"{overflow}, then {(probe.Touch() == before ? "a return on the same stack" : "no return on that stack")}";
    }

    private static string NestAgain(StackProbe probe)
    {
        const int Depth = 5;
        const int Times = 50;
        using Guests.Descent descent = new();
        long before = StackCounters.Fresh;
        for (int i = 0; i < Times; i++)
        {
            if (descent.Go(Depth) != Depth)
            {
                return "not all came back";
            }
        }

        return $"{StackCounters.Fresh - before} mapped, {(StackAccount.Slot.IsPresent ? 1 : 0)} cached, {StackPool.Shared.Count()} pooled";
    }

    // A size that nobody else asks for, so that no other thread's stack can be mistaken for it.
    private static string PassOn()
    {
        const int Size = 128 * 1024;
        using StackProbe probe = new();
        nuint first = 0;
        Crowd.Run(1, _ => first = probe.Touch(Size));
        if (!StackAccount.Await(static () => StackPool.Shared.Count() > 0))
        {
            return "the stack never came back";
        }

        nuint second = probe.Touch(Size);
        return first != 0 && first == second ? "the same stack" : "another stack";
    }

    private static string Pool => StackPool.Shared.Count() == 0 ? "empty" : $"of {StackPool.Shared.Count()}";
}
