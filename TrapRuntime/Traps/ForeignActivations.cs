using TrapRuntime.Activations;

namespace TrapRuntime.Traps;

/// <summary>Looks at the activations of another thread, which goes on running and may leave them at any moment.</summary>
internal static unsafe class ForeignActivations
{
    /// <summary>
    /// Tells whether an activation of the thread satisfies a condition. One that stays open during the call is seen for certain; deeper
    /// nesting than the thread's block can show counts as satisfying everything.
    /// </summary>
    /// <safety>The thread's block is registered and stays so meanwhile.</safety>
    internal static bool Any(ThreadBlock* thread, Predicate<Activation> condition)
    {
        nint depth = Volatile.Read(ref thread->Depth);
        if (depth > ThreadBlock.TrackedActivations)
        {
            return true;
        }

        for (nint i = 0; i < depth; i++)
        {
            ulong address = Volatile.Read(ref thread->Open[i]);

            // What was read counts only if the activation was open before and after.
            if (TryRead((void*)address, out Activation copy) && condition(copy)
                && Volatile.Read(ref thread->Depth) > i && Volatile.Read(ref thread->Open[i]) == address)
            {
                return true;
            }
        }

        return false;
    }

    // The record is on the other thread's stack; when that thread has ended since, the stack is gone.
    private static bool TryRead(void* address, out Activation copy)
    {
        Activation target;
        bool isRead = SafeCopy.TryCopy(&target, address, (nuint)sizeof(Activation));
        copy = isRead ? target : default;
        return isRead;
    }
}
