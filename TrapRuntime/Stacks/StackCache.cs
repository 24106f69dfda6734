using System.Runtime.CompilerServices;
using TrapRuntime.Activations;

namespace TrapRuntime.Stacks;

/// <summary>Hands out guest stacks: the thread's own slot first, then the pool, then a fresh mapping.</summary>
/// <remarks>Wasmer: <c>StackCache</c>, <c>acquire_stack</c>, <c>release_stack</c>.</remarks>
internal static unsafe class StackCache
{
    private static StackHygiene s_hygiene;

    /// <summary>Gets or sets what happens to a stack's contents when it is released.</summary>
    internal static StackHygiene Hygiene
    {
        get => s_hygiene;
        set => s_hygiene = value;
    }

    /// <summary>Gets a stack for one call. No atomic operation when the thread's slot can serve.</summary>
    /// <param name="thread">The calling thread's block.</param>
    /// <param name="size">Usable bytes, from <see cref="StackSize.Clamp"/>.</param>
    /// <param name="stack">
    /// A stack with at least <paramref name="size"/> usable bytes. The guest's stack pointer starts at <c>stack.Limit + size</c>, not
    /// at <c>stack.Top</c>: see <see cref="GuardedStack"/>.
    /// </param>
    /// <returns>False when the system has no memory left, even after the pool was drained.</returns>
    /// <safety><paramref name="thread"/> belongs to the calling thread.</safety>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryAcquire(ThreadBlock* thread, nuint size, out StackMapping stack)
    {
        // An emptied slot has Top 0, so its size wraps around to more than any request can have to spare.
        nuint limit = thread->CachedStack.Limit;
        nuint top = thread->CachedStack.Top;
        if (StackClass.Fits(top - limit, size))
        {
            stack.Start = thread->CachedStack.Start;
            stack.Limit = limit;
            stack.Top = top;
            thread->CachedStack.Top = 0;
            thread->StackSlotHits++;
            return true;
        }

        return TryAcquireElsewhere(thread, size, out stack);
    }

    /// <summary>Takes a stack back after its call: into the slot, from which an older one moves to the pool.</summary>
    /// <param name="thread">The calling thread's block.</param>
    /// <param name="stack">What <see cref="TryAcquire"/> gave.</param>
    /// <param name="guestTop">Where the guest's stack pointer started.</param>
    /// <safety>Nobody runs on the stack or reads it any more.</safety>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Release(ThreadBlock* thread, in StackMapping stack, nuint guestTop) =>
        TakeBack(thread, stack, guestTop, usedDeeply: false);

    /// <summary>The same after a trap. A trap may have been an overflow, so trimming does not ask how deep the guest went.</summary>
    /// <inheritdoc cref="Release"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void ReleaseAfterTrap(ThreadBlock* thread, in StackMapping stack, nuint guestTop) =>
        TakeBack(thread, stack, guestTop, usedDeeply: true);

    /// <summary>Gives a dead thread's stack to the pool. Any thread may call it for a thread that is no more.</summary>
    /// <safety>The thread that owned the block runs no guest any more.</safety>
    internal static void ReleaseThread(ThreadBlock* thread)
    {
        StackMapping stack = thread->CachedStack;
        if (stack.IsPresent)
        {
            thread->CachedStack.Top = 0;
            PutOrUnmap(thread, stack);
        }
    }

    /// <summary>Unmaps what the thread's slot holds.</summary>
    /// <safety><paramref name="thread"/> belongs to the calling thread.</safety>
    internal static void Drain(ThreadBlock* thread)
    {
        StackMapping stack = thread->CachedStack;
        if (stack.IsPresent)
        {
            thread->CachedStack.Top = 0;
            GuardedStack.Unmap(stack);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAcquireElsewhere(ThreadBlock* thread, nuint size, out StackMapping stack)
    {
        // Only guests that nest move on: threads that stayed where they once found something would crowd there.
        if (thread->Depth == 0)
        {
            thread->StackCursor = thread->StackShard;
        }

        // A stack of the wrong size is another call's right one.
        ReleaseThread(thread);

        StackPool pool = StackPool.Shared;
        if (pool.TryTake(size, ref thread->StackCursor, out stack))
        {
            thread->StackPoolHits++;
            return true;
        }

        nuint usable = StackClass.UsableSize(StackClass.Of(size));
        if (GuardedStack.TryMap(usable, pool.GuardSize, out stack))
        {
            return true;
        }

        // Idle stacks hold address space that this call could use, and so do those of threads that have ended.
        _ = ThreadReclaimer.TakeBackEnded();
        pool.Drain();
        return GuardedStack.TryMap(usable, pool.GuardSize, out stack);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TakeBack(ThreadBlock* thread, in StackMapping stack, nuint guestTop, bool usedDeeply)
    {
        // One test for both: nothing to clean (Keep is 0), nobody in the slot.
        if (((nuint)s_hygiene | thread->CachedStack.Top) == 0)
        {
            thread->CachedStack.Start = stack.Start;
            thread->CachedStack.Limit = stack.Limit;
            thread->CachedStack.Top = stack.Top;
            return;
        }

        ReleaseWithCare(thread, stack, guestTop, usedDeeply);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReleaseWithCare(ThreadBlock* thread, in StackMapping stack, nuint guestTop, bool usedDeeply)
    {
        if (s_hygiene == StackHygiene.Scrub)
        {
            StackCleaner.Scrub(stack, guestTop);
        }
        else if (s_hygiene == StackHygiene.Trim)
        {
            StackCleaner.Trim(stack, guestTop, usedDeeply || StackCleaner.IsInspectionDue(ref thread->StackReleases));
        }

        StackMapping older = thread->CachedStack;
        thread->CachedStack = stack;
        if (older.IsPresent)
        {
            PutOrUnmap(thread, older);
        }
    }

    private static void PutOrUnmap(ThreadBlock* thread, in StackMapping stack)
    {
        if (!StackPool.Shared.TryPut(stack, ref thread->StackCursor))
        {
            GuardedStack.Unmap(stack);
        }
    }
}
