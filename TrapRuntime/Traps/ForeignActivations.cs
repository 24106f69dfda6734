using TrapRuntime.Activations;

namespace TrapRuntime.Traps;

/// <summary>Looks at the activations of another thread, which goes on running and may leave them at any moment.</summary>
internal static unsafe class ForeignActivations
{
    // A thread that enters and leaves guests all the time disturbs a look that takes some 100 ns only now and then.
    private const int MaxAttempts = 1000;

    /// <summary>Tells whether an activation of the thread satisfies a condition. When no steady look can be had, the answer is yes.</summary>
    /// <safety>The thread's block is registered and stays so meanwhile.</safety>
    internal static bool Any(ThreadBlock* thread, Predicate<Activation> condition)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            nint innermost = InnermostOf(thread);
            bool found = false;
            nint next = innermost;
            while (next != 0 && TryRead(next, out Activation copy) && InnermostOf(thread) == innermost)
            {
                found |= condition(copy);
                next = (nint)copy.Parent;
            }

            if (InnermostOf(thread) == innermost && next == 0)
            {
                return found;
            }
        }

        return true;
    }

    private static nint InnermostOf(ThreadBlock* thread) => Volatile.Read(ref *(nint*)&thread->Innermost);

    // The record is on the other thread's stack; when that thread has ended since, the stack is gone.
    private static bool TryRead(nint address, out Activation copy)
    {
        Activation target;
        bool isRead = SafeCopy.TryCopy(&target, (void*)address, (nuint)sizeof(Activation));
        copy = isRead ? target : default;
        return isRead;
    }
}
