namespace TrapRuntime.AotSmoke.Bench;

/// <summary>Rows whose operation runs on several threads at once, in batches so large that starting the threads is lost in them.</summary>
internal static class OnThreads
{
    /// <summary>Adds a row. Its figures are per operation of all threads together.</summary>
    internal static BenchRow Add(
        BenchSuite suite, string group, string what, int threads, int batch, Action<int> run, BenchRow? floor = null, BenchTarget? target = null) =>
        suite.Add(new BenchRow(group, $"{what}, {threads} thread{(threads == 1 ? "" : "s, per operation of all")}", count => Run(threads, run, count * batch))
        {
            Floor = floor,
            Divisor = (double)threads * batch,
            Target = target,
        });

    /// <summary>Runs something on threads of their own.</summary>
    internal static void Run(int threads, Action<int> run, int count)
    {
        Thread[] running = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            running[i] = new Thread(() => run(count));
            running[i].Start();
        }

        foreach (Thread thread in running)
        {
            thread.Join();
        }
    }
}
