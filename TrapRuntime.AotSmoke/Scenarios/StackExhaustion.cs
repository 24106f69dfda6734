using System.Runtime.InteropServices;
using TrapRuntime.Activations;
using TrapRuntime.AotSmoke.Memory;
using TrapRuntime.Stacks;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>
/// Runs out of address space: running out must be an answer, and idle stacks must make room before it is given. Needs a process of
/// its own, because everybody in it runs out. Linux only.
/// </summary>
internal static unsafe class StackExhaustion
{
    // What the runtime may need for itself meanwhile, plus room for some dozens of stacks.
    private const int Headroom = 64 * 1024 * 1024;
    private const int SmallStack = 1024 * 1024;
    private const int LargeStack = 32 * 1024 * 1024;
    private const int RehearsalStacks = 4;
    private const int MoreStacksThanFit = 1000;

    /// <summary>Runs the scenario.</summary>
    /// <returns>What went wrong, or null.</returns>
    internal static string? Run()
    {
        // Once without the limit, so that everything the runtime prepares on first use is there when memory is not.
        _ = Exhaust(RehearsalStacks, out _, out _);
        StackPool.Shared.Drain();

        bool ranOut;
        int acquired;
        bool largeAfterwards;
        using (MemoryLimit.OnAddressSpace(Headroom))
        {
            ranOut = Exhaust(MoreStacksThanFit, out acquired, out largeAfterwards);
        }

        if (!ranOut)
        {
            return $"{acquired} stacks were mapped and the address space never ran out";
        }

        if (acquired == 0)
        {
            return "not one stack could be mapped";
        }

        if (!largeAfterwards)
        {
            return "idle stacks in the pool did not make room for a larger one";
        }

        StackStatistics end = StackStatistics.Take();
        return end.InUse == 0 && end.Mapped == end.Pooled + end.Cached ? null : $"stacks were lost: {end}";
    }

    /// <summary>Takes small stacks until there are no more, gives them back, then takes a large one.</summary>
    /// <returns>True if the system ran out.</returns>
    private static bool Exhaust(int most, out int acquired, out bool largeAfterwards)
    {
        ThreadBlock* thread = (ThreadBlock*)NativeMemory.AllocZeroed((nuint)sizeof(ThreadBlock));
        StackMapping* stacks = (StackMapping*)NativeMemory.AllocZeroed((nuint)most, (nuint)sizeof(StackMapping));
        ThreadRegistry.Add(thread);

        acquired = 0;
        while (acquired < most && StackCache.TryAcquire(thread, SmallStack, out stacks[acquired]))
        {
            acquired++;
        }

        for (int i = 0; i < acquired; i++)
        {
            StackCache.Release(thread, stacks[i], stacks[i].Limit + SmallStack);
        }

        largeAfterwards = StackCache.TryAcquire(thread, LargeStack, out StackMapping large);
        if (largeAfterwards)
        {
            StackCache.Release(thread, large, large.Limit + LargeStack);
        }

        StackCache.ReleaseThread(thread);
        ThreadRegistry.Remove(thread);
        NativeMemory.Free(stacks);
        NativeMemory.Free(thread);
        return acquired < most;
    }
}
