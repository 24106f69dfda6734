using System.Runtime.ExceptionServices;

namespace TrapRuntime.AotSmoke.Scenarios.Stacks;

/// <summary>Threads that start at once and end together.</summary>
internal static class Crowd
{
    /// <summary>Runs a body on each of several new threads, and waits for all of them.</summary>
    /// <exception cref="Exception">The first that a body let out.</exception>
    internal static void Run(int count, Action<int> body)
    {
        ExceptionDispatchInfo? failure = null;
        using Barrier start = new(count);
        Thread[] threads = new Thread[count];
        for (int i = 0; i < count; i++)
        {
            int index = i;
            threads[i] = new Thread(() =>
            {
                start.SignalAndWait();
                try
                {
                    body(index);
                }
                catch (Exception exception)
                {
                    _ = Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
                }
            });
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        failure?.Throw();
    }
}
