namespace TrapRuntime.AotSmoke.Storms;

/// <summary>Everything at once, on many threads, under a rain of signals; nothing may be lost, wrong, or late for ever.</summary>
internal static class Storm
{
    /// <summary>An event lasts milliseconds; on a machine with too few processors, much longer, but never this long.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(2);

    /// <summary>How much the resident set may grow.</summary>
    private const double MostGrowth = 1.10;

    /// <summary>Runs a storm and prints its report.</summary>
    /// <returns>What went wrong, or null.</returns>
    internal static string? Run(StormOptions options)
    {
        TrapHandlers.Initialize();
        StormWorker[] workers = [.. Enumerable.Range(0, options.Threads).Select(i => new StormWorker(i, options.Seed, StormEvents.All))];
        StormClock clock = new(options.Duration);
        using SignalRain rain = new();
        using StormPause pause = new();
        Thread[] threads = [.. workers.Select(worker => new Thread(() => Work(worker, clock, rain, pause)))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        SignalRain.Start();
        ResidentWatch resident = new(options.Duration, pause);
        string? hang = Watch(workers, clock, rain, resident);
        if (hang is not null)
        {
            return hang;
        }

        foreach (Thread thread in threads)
        {
            if (!thread.Join(s_patience))
            {
                return Describe("does not end", workers);
            }
        }

        StormReport.Print(options, workers, rain.Report, resident);
        return workers.FirstOrDefault(static worker => worker.Wrong is not null)?.Wrong
            ?? (options.IsMemoryJudged ? JudgeMemory(resident) : null);
    }

    private static string? JudgeMemory(ResidentWatch resident) =>
        resident.AtFirst == 0 || resident.AtLast == 0 ? "The threads never came to rest for a look at memory."
        : resident.AtLast > resident.AtFirst * MostGrowth ? "The resident set has grown."
        : null;

    private static void Work(StormWorker worker, StormClock clock, SignalRain rain, StormPause pause)
    {
        rain.AddThisThread();
        worker.Run(clock, pause);
        rain.RemoveThisThread();
    }

    // Rains signals meanwhile. A worker that does not get on for so long hangs.
    private static string? Watch(StormWorker[] workers, StormClock clock, SignalRain rain, ResidentWatch resident)
    {
        long[] done = new long[workers.Length];
        TimeSpan[] moved = new TimeSpan[workers.Length];
        for (int round = 0; !clock.IsOver; round++)
        {
            rain.Pour(round);
            Thread.Sleep(s_tick);
            resident.Look(clock.Elapsed);
            for (int i = 0; i < workers.Length; i++)
            {
                if (workers[i].Done != done[i])
                {
                    done[i] = workers[i].Done;
                    moved[i] = clock.Elapsed;
                }
                else if (clock.Elapsed - moved[i] > s_patience)
                {
                    return Describe("hangs", workers);
                }
            }
        }

        return null;
    }

    private static string Describe(string what, StormWorker[] workers) =>
        $"A worker {what}. They do: {string.Join("; ", workers.Select(static worker => $"{worker.Index} {worker.Doing} after {worker.Done}"))}";
}
