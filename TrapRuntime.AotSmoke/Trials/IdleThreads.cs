using TrapRuntime.Activations;
using TrapRuntime.AotSmoke.Memory;

namespace TrapRuntime.AotSmoke.Trials;

/// <summary>Threads that have run guests and now wait, each with its stack, until disposed.</summary>
internal sealed unsafe class IdleThreads : IDisposable
{
    /// <summary>Enough for a host frame or two; the guests bring their own.</summary>
    private const int HostStackSize = 256 * 1024;

    private readonly ManualResetEvent _end = new(false);
    private readonly Thread[] _threads;

    /// <summary>Starts the threads one after the other and waits until each has done its work.</summary>
    internal IdleThreads(int count, Action<int> work)
    {
        _threads = new Thread[count];
        using AutoResetEvent done = new(false);
        for (int i = 0; i < count; i++)
        {
            int index = i;
            _threads[i] = new Thread(
                () =>
                {
                    work(index);
                    done.Set();
                    _end.WaitOne();
                },
                HostStackSize);
            _threads[i].Start();
            done.WaitOne();
        }
    }

    /// <summary>Counts what all threads of the process keep.</summary>
    /// <returns>How many guest stacks, how many bytes of them are in memory, and how many bytes of signal stacks.</returns>
    internal static (int Stacks, long StackBytes, long SignalStackBytes) Measure()
    {
        List<StackMapping> stacks = [];
        List<StackMapping> signalStacks = [];
        ThreadRegistry.ForEach(thread =>
        {
            if (thread->CachedStack.IsPresent)
            {
                stacks.Add(thread->CachedStack);
            }

            signalStacks.Add(thread->SignalStack);
        });
        return (stacks.Count, ProcessMaps.ResidentBytes(stacks), ProcessMaps.ResidentBytes(signalStacks));
    }

    /// <summary>Lets the threads end.</summary>
    public void Dispose()
    {
        _end.Set();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _end.Dispose();
    }
}
