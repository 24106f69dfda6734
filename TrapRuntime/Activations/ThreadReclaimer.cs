namespace TrapRuntime.Activations;

/// <summary>Takes back what a thread held once the system says that it has ended. The layers above add what they gave it.</summary>
internal static unsafe class ThreadReclaimer
{
    private static delegate*<ThreadBlock*, void> s_release;

    /// <summary>Says what gives a thread's stacks back.</summary>
    internal static void SetRelease(delegate*<ThreadBlock*, void> release) => s_release = release;

    /// <summary>Takes everything back if the thread has ended.</summary>
    /// <returns>False while the thread may still run.</returns>
    internal static bool TryReclaim(ThreadBlock* thread)
    {
        if (Volatile.Read(ref thread->Ended) == 0)
        {
            return false;
        }

        s_release(thread);
        return true;
    }
}
