using System.Diagnostics;
using System.Globalization;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.Signals;

namespace TrapRuntime.AotSmoke.Storms;

/// <summary>
/// Four threads enter and leave guests of all kinds while others cancel them at random. Every cancelled call must end, no other may, and
/// nothing may be left over.
/// </summary>
internal sealed class InterruptStorm : IDisposable
{
    private const int Threads = 4;

    /// <summary>A call that has not ended so long after its cancellation never will.</summary>
    private static readonly TimeSpan s_lost = TimeSpan.FromSeconds(20);

    private readonly GuestCode _loop = LoopGuest.Emit();
    private readonly GuestCode _answer = ReturnGuest.Emit();
    private readonly GuestCode _callLoop = CallLoopGuest.Emit();
    private readonly GuestCode _read = ReadGuest.Emit();
    private readonly CancelQueue _cancels = new();
    private readonly CancellationTokenSource _never = new();
    private readonly InterruptStormWorker[] _workers = new InterruptStormWorker[Threads];

    private InterruptStorm(TimeSpan duration, int seed)
    {
        StormGuests guests = new(_loop, _answer, _callLoop, _read);
        for (int i = 0; i < Threads; i++)
        {
            _workers[i] = new InterruptStormWorker(guests, _cancels, duration, seed + i, _never.Token);
        }
    }

    /// <summary>Runs it.</summary>
    /// <returns>What is wrong, or null; the figures go to <paramref name="report"/>.</returns>
    internal static string? Run(TimeSpan duration, int seed, TextWriter report)
    {
        using InterruptStorm storm = new(duration, seed);
        return storm.Run(duration, report);
    }

    public void Dispose()
    {
        _cancels.Dispose();
        _never.Dispose();
        _loop.Dispose();
        _answer.Dispose();
        _callLoop.Dispose();
        _read.Dispose();
    }

    private string? Run(TimeSpan duration, TextWriter report)
    {
        Thread[] threads = Array.ConvertAll(_workers, worker => new Thread(worker.Run));
        Array.ForEach(threads, thread => thread.Start());
        long started = Stopwatch.GetTimestamp();
        foreach (Thread thread in threads)
        {
            TimeSpan left = duration + s_lost - Stopwatch.GetElapsedTime(started);
            if (!thread.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero))
            {
                // The guest that cannot be stopped is still inside: the process can only be ended.
                Environment.FailFast($"Interrupt storm: {string.Join("; ", _workers.Select(worker => worker.Describe()))}");
            }
        }

        List<TimeSpan> latencies = [.. _workers.SelectMany(worker => worker.Latencies)];
        report.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_workers.Sum(worker => worker.Calls)} calls, {latencies.Count} cancelled: {LatencySummary.Of(latencies)}"));
        List<string> wrong = [.. _workers.SelectMany(worker => worker.Wrong)];
        if (InterruptKicker.Watched != 0)
        {
            wrong.Add($"{InterruptKicker.Watched} calls are still watched.");
        }

        return wrong.Count == 0 ? null : $"{wrong.Count} wrong, the first: {wrong[0]}";
    }
}
