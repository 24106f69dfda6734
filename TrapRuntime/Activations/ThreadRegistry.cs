namespace TrapRuntime.Activations;

/// <summary>The blocks of all threads that have entered guest code, for those who count. No guest call comes here.</summary>
internal static unsafe class ThreadRegistry
{
    private static readonly Lock s_lock = new();
    private static uint s_added;
    private static long s_retiredSlotHits;
    private static long s_retiredPoolHits;

    private static readonly long[] s_retiredTraps = new long[ThreadBlock.TrapCodes];

    /// <summary>Gets the slot hits of threads that are no more.</summary>
    internal static long RetiredStackSlotHits => Interlocked.Read(ref s_retiredSlotHits);

    /// <summary>Gets the pool hits of threads that are no more.</summary>
    internal static long RetiredStackPoolHits => Interlocked.Read(ref s_retiredPoolHits);

    /// <summary>Enters a new thread's block and gives it its shard of the stack pool.</summary>
    /// <safety>The block stays readable until <see cref="Remove"/> returns.</safety>
    internal static void Add(ThreadBlock* thread)
    {
        lock (s_lock)
        {
            thread->StackShard = s_added++;
            thread->PreviousThread = null;
            thread->NextThread = ProcessState.Block->FirstThread;
            if (ProcessState.Block->FirstThread != null)
            {
                ProcessState.Block->FirstThread->PreviousThread = thread;
            }

            ProcessState.Block->FirstThread = thread;
        }
    }

    /// <summary>Removes a dead thread's block and keeps its counts.</summary>
    /// <safety>The block was entered and its thread changes it no more.</safety>
    internal static void Remove(ThreadBlock* thread)
    {
        lock (s_lock)
        {
            if (thread->PreviousThread == null)
            {
                ProcessState.Block->FirstThread = thread->NextThread;
            }
            else
            {
                thread->PreviousThread->NextThread = thread->NextThread;
            }

            if (thread->NextThread != null)
            {
                thread->NextThread->PreviousThread = thread->PreviousThread;
            }

            s_retiredSlotHits += thread->StackSlotHits;
            s_retiredPoolHits += thread->StackPoolHits;
            for (int i = 0; i < s_retiredTraps.Length; i++)
            {
                s_retiredTraps[i] += thread->TrapsByCode[i];
            }
        }
    }

    /// <summary>Adds the traps of threads that are no more, by code.</summary>
    internal static void AddRetiredTraps(Span<long> sums)
    {
        lock (s_lock)
        {
            for (int i = 0; i < s_retiredTraps.Length; i++)
            {
                sums[i] += s_retiredTraps[i];
            }
        }
    }

    /// <summary>Shows every block to a visitor, under the registry's lock.</summary>
    internal static void ForEach(ThreadBlockVisitor visit)
    {
        lock (s_lock)
        {
            for (ThreadBlock* thread = ProcessState.Block->FirstThread; thread != null; thread = thread->NextThread)
            {
                visit(thread);
            }
        }
    }
}
