using TrapRuntime.Activations;
using TrapRuntime.Platforms;

namespace TrapRuntime.Stacks;

/// <summary>Maps and unmaps guest stacks. See <see cref="StackMapping"/> for the picture.</summary>
/// <remarks>
/// A guest that asks for <c>size</c> bytes runs on [<c>Limit</c>, <c>Limit + size</c>), whatever the mapping holds:
/// its stack pointer starts at <c>Limit + size</c>, so that the guard region lies exactly <c>size</c> bytes below. That is how a
/// large stack serves a small request without lifting its limit.
/// </remarks>
internal static class GuardedStack
{
    /// <summary>
    /// The default size of the guard region, in bytes. Larger than a page, so that a frame of some KiB that nobody
    /// probed hits the guard instead of the memory below it.
    /// </summary>
    internal const int DefaultGuardSize = 64 * 1024;

    /// <summary>
    /// A signal frame with every vector state is 12 KiB, and .NET's own activation handler overran 16 KiB (dotnet/runtime #127320).
    /// </summary>
    private const int LargestReserve = 32 * 1024;

    /// <summary>Rounds a guard size up to whole pages, at least one.</summary>
    internal static nuint RoundGuard(nuint guard)
    {
        PlatformMemory memory = PlatformMemory.Current;
        return memory.RoundUpToPage(Math.Max(guard, memory.PageSize));
    }

    /// <summary>Maps a stack. The kernel commits its pages one by one as the guest touches them.</summary>
    /// <param name="usable">Bytes for the guest, rounded up to whole pages.</param>
    /// <param name="guard">Bytes below them that fault on every access, rounded up to whole pages.</param>
    /// <param name="stack">The stack, or nothing.</param>
    /// <returns>False when the process can have no more address space or mappings.</returns>
    /// <remarks>Wasmer: <c>DefaultStack::new</c>, whose failure was a panic.</remarks>
    internal static bool TryMap(nuint usable, nuint guard, out StackMapping stack)
    {
        PlatformMemory memory = PlatformMemory.Current;
        usable = memory.RoundUpToPage(usable);
        guard = RoundGuard(guard);
        nuint length = guard + usable;

        nint start = memory.Reserve(length);
        if (start == 0)
        {
            stack = default;
            return false;
        }

        nint limit = start + (nint)guard;
        if (!memory.TryProtect(limit, usable, PageAccess.ReadWrite))
        {
            memory.Release(start, length);
            stack = default;
            return false;
        }

        // One huge page would make a guest that touches a single byte cost 2 MiB.
        memory.KeepSmallPages(limit, usable);
        StackCounters.AddMapping(length);
        stack = new StackMapping { Start = (nuint)start, Limit = (nuint)limit, Top = (nuint)start + length };
        return true;
    }

    /// <summary>Gives the part of a guard region that opens for signal handlers: the upper half, whole pages, up to a bound.</summary>
    internal static nuint ReserveIn(nuint guard)
    {
        nuint page = PlatformMemory.Current.PageSize;
        return Math.Min(RoundGuard(guard) / 2, LargestReserve) & ~(page - 1);
    }

    /// <summary>Makes the reserve part of the guard region again. A refusal leaves the stack a smaller guard region.</summary>
    /// <safety>Nobody runs on the stack.</safety>
    internal static void CloseReserve(in StackMapping stack, nuint reserve)
    {
        PlatformMemory memory = PlatformMemory.Current;
        nint start = (nint)(stack.Limit - reserve);
        memory.Discard(start, reserve);
        _ = memory.TryProtect(start, reserve, PageAccess.None);
    }

    /// <summary>Unmaps a stack that <see cref="TryMap"/> gave.</summary>
    /// <safety>Nobody runs on the stack or points into it, and it is unmapped once.</safety>
    internal static void Unmap(in StackMapping stack)
    {
        PlatformMemory.Current.Release((nint)stack.Start, stack.MappedSize);
        StackCounters.RemoveMapping(stack.MappedSize);
    }

    /// <summary>Tells whether an address lies in the guard region.</summary>
    internal static bool IsInGuard(in StackMapping stack, nuint address) => address - stack.Start < stack.Limit - stack.Start;
}
