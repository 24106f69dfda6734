using TrapRuntime.Activations;
using TrapRuntime.Stacks;

namespace TrapRuntime.AotSmoke.Scenarios.Stacks;

/// <summary>The account of the process's guest stacks, when no guest runs.</summary>
internal static unsafe class StackAccount
{
    /// <summary>What <see cref="Balance"/> says when nothing is missing.</summary>
    internal const string Balanced = "in use 0, mapped = pooled + cached";

    private const int Patience = 200;

    /// <summary>Gets the stack that the calling thread keeps.</summary>
    internal static StackMapping Slot => CurrentThread.BlockOrNull == null ? default : CurrentThread.BlockOrNull->CachedStack;

    /// <summary>Says whether every stack that guests used was given back.</summary>
    internal static string Balance()
    {
        TrapStatistics now = TrapHandlers.GetStatistics();
        return now.StacksInUse == 0 && now.StacksMapped == now.StacksPooled + now.StacksCached
            ? Balanced
            : $"in use {now.StacksInUse}, mapped {now.StacksMapped}, pooled {now.StacksPooled}, cached {now.StacksCached}";
    }

    /// <summary>Collects garbage until a condition holds: what an ended thread held comes back when its finalizer has run.</summary>
    /// <returns>False when it does not come to hold.</returns>
    internal static bool Await(Func<bool> condition)
    {
        for (int i = 0; i < Patience; i++)
        {
            if (condition())
            {
                return true;
            }

            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return condition();
    }

    /// <summary>Runs something on a thread of its own, beside an empty pool, and leaves no stack behind.</summary>
    internal static string OnFreshThread(Func<string> run)
    {
        string got = "";
        Crowd.Run(1, index =>
        {
            Settle();
            got = run();
            GuestStacks.DrainPool();
        });
        return got;
    }

    /// <summary>Empties the pool for good: nothing comes in later from threads that have ended before.</summary>
    internal static void Settle()
    {
        _ = ThreadReclaimer.TakeBackEnded();
        GuestStacks.DrainPool();
    }
}
