using TrapRuntime.Activations;

namespace TrapRuntime.Traps;

/// <summary>Looks at the activations of another thread, which goes on running and may leave them at any moment.</summary>
internal static unsafe class ForeignActivations
{
    /// <summary>A thread that lost its processor in the middle of a change is waited for, about a second.</summary>
    private const int MaxAttempts = 1000;

    /// <summary>
    /// Tells whether an activation of the thread satisfies a condition. One that stays open during the call is seen for certain, one that
    /// opens or closes meanwhile may be; deeper nesting than the thread's block can show counts as satisfying everything, and so does a
    /// change that does not end.
    /// </summary>
    /// <safety>The thread's block is registered and stays so meanwhile.</safety>
    internal static bool Any(ThreadBlock* thread, Predicate<Activation> condition)
    {
        if (!TryGetNesting(thread, out nint innermost, out nint depth) || depth > ThreadBlock.TrackedActivations)
        {
            return true;
        }

        // The thread goes on meanwhile. A slot below the depth stays an open activation's own until that one closes, so none is missed;
        // a look that had to find the whole list unchanged would never succeed beside a thread that nests without a pause.
        bool found = innermost != 0 && TryRead((void*)innermost, out Activation running) && condition(running);
        for (nint i = 0; i < depth && !found; i++)
        {
            found = TryRead((void*)Volatile.Read(ref thread->Waiting[i]), out Activation waiting) && condition(waiting);
        }

        return found;
    }

    // Both as of one moment.
    private static bool TryGetNesting(ThreadBlock* thread, out nint innermost, out nint depth)
    {
        SpinWait spinner = default;
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            nint version = Volatile.Read(ref thread->NestingVersion);
            innermost = InnermostOf(thread);
            depth = Volatile.Read(ref thread->Depth);
            if ((version & 1) == 0 && Volatile.Read(ref thread->NestingVersion) == version)
            {
                return true;
            }

            spinner.SpinOnce();
        }

        innermost = 0;
        depth = 0;
        return false;
    }

    private static nint InnermostOf(ThreadBlock* thread) => Volatile.Read(ref *(nint*)&thread->Innermost);

    // The record is on the other thread's stack; when that thread has ended since, the stack is gone.
    private static bool TryRead(void* address, out Activation copy)
    {
        Activation target;
        bool isRead = SafeCopy.TryCopy(&target, address, (nuint)sizeof(Activation));
        copy = isRead ? target : default;
        return isRead;
    }
}
