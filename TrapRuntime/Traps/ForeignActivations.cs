using TrapRuntime.Activations;

namespace TrapRuntime.Traps;

/// <summary>Looks at the activations of another thread, which goes on running and may leave them at any moment.</summary>
internal static unsafe class ForeignActivations
{
    /// <summary>
    /// A look takes some 100 ns; a thread that nests without a pause disturbs one now and then, and one that lost its processor in the
    /// middle of a change is waited for, about a second.
    /// </summary>
    private const int MaxAttempts = 1000;

    /// <summary>
    /// Tells whether an activation of the thread satisfies a condition. One that stays open during the call is seen for certain; deeper
    /// nesting than the thread's block can show, or no steady look at all, counts as satisfying everything.
    /// </summary>
    /// <safety>The thread's block is registered and stays so meanwhile.</safety>
    internal static bool Any(ThreadBlock* thread, Predicate<Activation> condition)
    {
        SpinWait spinner = default;
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            nint version = Volatile.Read(ref thread->NestingVersion);
            if ((version & 1) == 0)
            {
                bool found = Look(thread, condition);
                Interlocked.MemoryBarrier();
                if (Volatile.Read(ref thread->NestingVersion) == version)
                {
                    return found;
                }
            }

            spinner.SpinOnce();
        }

        return true;
    }

    private static bool Look(ThreadBlock* thread, Predicate<Activation> condition)
    {
        nint depth = Volatile.Read(ref thread->Depth);
        if (depth > ThreadBlock.TrackedActivations)
        {
            return true;
        }

        nint innermost = InnermostOf(thread);
        bool found = innermost != 0 && TryRead((void*)innermost, out Activation running) && condition(running);
        for (nint i = 0; i < depth && !found; i++)
        {
            found = TryRead((void*)Volatile.Read(ref thread->Waiting[i]), out Activation waiting) && condition(waiting);
        }

        return found;
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
