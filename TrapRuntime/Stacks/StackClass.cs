using System.Numerics;
using TrapRuntime.Platforms;

namespace TrapRuntime.Stacks;

/// <summary>
/// The sizes in which stacks are mapped: powers of two from <see cref="GuestStacks.MinSize"/> up, the last one
/// <see cref="GuestStacks.MaxSize"/>. Every stack of a class serves every request of that class. What rounding adds is
/// address space, never memory, and the guest cannot reach it: its limit is the size it asked for.
/// </summary>
internal static class StackClass
{
    /// <summary>How many classes there are: 8 KiB to 64 MiB by doubling, and 100 MiB.</summary>
    internal const int Count = 15;

    /// <summary>
    /// How much larger than twice the request a stack may be, in bytes. Enough for a thread that mixes small and default-sized
    /// calls to stay in its slot; not enough for the largest stacks to be worn out by small calls.
    /// </summary>
    internal const int MaxSlack = 4 * 1024 * 1024;

    private const int MinSizeLog2 = 13;

    private static readonly nuint[] s_usableSizes = [.. Enumerable.Range(0, Count).Select(ComputeUsableSize)];

    /// <summary>Tells whether a stack of <paramref name="usable"/> bytes may serve a request of <paramref name="size"/> bytes.</summary>
    /// <remarks>
    /// One comparison: too small wraps around to "far too large", and so does "no stack", whose size is 0. Twice the request always
    /// fits because the classes double.
    /// </remarks>
    internal static bool Fits(nuint usable, nuint size) => usable - size <= size + MaxSlack;

    /// <summary>Finds the smallest class that holds <paramref name="size"/> bytes, a clamped size.</summary>
    internal static int Of(nuint size)
    {
        int log2 = BitOperations.Log2(BitOperations.RoundUpToPowerOf2(size));
        return Math.Clamp(log2 - MinSizeLog2, 0, Count - 1);
    }

    /// <summary>Gets the usable bytes of the stacks in a class.</summary>
    internal static nuint UsableSize(int stackClass) => s_usableSizes[stackClass];

    private static nuint ComputeUsableSize(int stackClass)
    {
        nuint size = (nuint)GuestStacks.MinSize << stackClass;
        return PlatformMemory.Current.RoundUpToPage(Math.Min(size, GuestStacks.MaxSize));
    }
}
