using System.Runtime.InteropServices;

namespace TrapRuntime.Activations;

/// <summary>Takes back what threads held once the system says that they have ended. The layers above add what they gave them.</summary>
/// <remarks>
/// The finalizer of a thread's holder would do in the end, but a program that starts many threads may collect garbage rarely. So those
/// that come look now and then whether others have gone. Either way a thread's things are taken back once; its block is freed by the
/// finalizer, after which nobody can ask about it.
/// </remarks>
internal static unsafe class ThreadReclaimer
{
    // ThreadBlock.Ended, which only goes up: to 1 by the thread-end thunk, on by whoever takes the thread's things back.
    private const int Ended = 1;
    private const int BeingTaken = 2;
    private const int Taken = 3;

    /// <summary>How many threads may come, at the least, before somebody looks.</summary>
    private const int LeastThreads = 16;

    private static delegate*<ThreadBlock*, void> s_release;
    private static int s_comingBeforeLook = LeastThreads;

    /// <summary>Says what gives a thread's stacks back and takes its block out of the registry.</summary>
    internal static void SetRelease(delegate*<ThreadBlock*, void> release) => s_release = release;

    /// <summary>Takes everything back if the thread has ended, and frees its block. For the finalizer of the thread's holder alone.</summary>
    /// <returns>False while the thread may still run, or somebody is taking its things back.</returns>
    internal static bool TryReclaim(ThreadBlock* thread)
    {
        if (TryClaim(thread))
        {
            Take(thread);
        }

        if (Volatile.Read(ref thread->Ended) != Taken)
        {
            return false;
        }

        NativeMemory.Free(thread);
        return true;
    }

    /// <summary>Counts a thread that comes; looks for ended ones when as many have come as there were, so that looking costs each a little only.</summary>
    internal static void CountComing()
    {
        if (Interlocked.Decrement(ref s_comingBeforeLook) <= 0)
        {
            int running = TakeBackEnded();
            Volatile.Write(ref s_comingBeforeLook, Math.Max(LeastThreads, running));
        }
    }

    /// <summary>Takes back what all threads that have ended held.</summary>
    /// <returns>How many threads there are besides.</returns>
    internal static int TakeBackEnded()
    {
        int running = 0;
        List<nint> ended = [];
        ThreadRegistry.ForEach(thread =>
        {
            if (TryClaim(thread))
            {
                ended.Add((nint)thread);
            }
            else
            {
                running++;
            }
        });
        foreach (nint thread in ended)
        {
            Take((ThreadBlock*)thread);
        }

        return running;
    }

    private static bool TryClaim(ThreadBlock* thread) =>
        Volatile.Read(ref thread->Ended) == Ended && Interlocked.CompareExchange(ref thread->Ended, BeingTaken, Ended) == Ended;

    private static void Take(ThreadBlock* thread)
    {
        s_release(thread);
        Volatile.Write(ref thread->Ended, Taken);
    }
}
