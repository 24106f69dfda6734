using System.Collections.Concurrent;
using System.Diagnostics;

namespace TrapRuntime.AotSmoke.Storms;

/// <summary>Threads that cancel what they are given, a little later, and note when they began to.</summary>
internal sealed class CancelQueue : IDisposable
{
    private const int Threads = 2;
    private readonly BlockingCollection<PlannedCancel> _plans = [];
    private readonly Thread[] _threads = new Thread[Threads];

    internal CancelQueue()
    {
        for (int i = 0; i < Threads; i++)
        {
            _threads[i] = new Thread(Work) { Name = $"storm cancels {i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Cancels after a number of idle turns of the processor.</summary>
    internal PlannedCancel Plan(CancellationTokenSource source, int spins)
    {
        PlannedCancel plan = new(source, spins);
        _plans.Add(plan);
        return plan;
    }

    public void Dispose()
    {
        _plans.CompleteAdding();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _plans.Dispose();
    }

    private void Work()
    {
        foreach (PlannedCancel plan in _plans.GetConsumingEnumerable())
        {
            Thread.SpinWait(plan.Spins);
            plan.Begin(Stopwatch.GetTimestamp());
            plan.Source.Cancel();
            plan.End();
        }
    }
}
