namespace TrapRuntime.AotSmoke.Storms;

/// <summary>What a storm prints at its end.</summary>
internal static class StormReport
{
    private const int NameColumn = 44;
    private const int BytesPerKib = 1024;

    internal static void Print(StormOptions options, StormWorker[] workers, string signals, ResidentWatch resident)
    {
        for (int i = 0; i < StormEvents.All.Count; i++)
        {
            Console.WriteLine($"{StormEvents.All[i].Name.PadRight(NameColumn)}{workers.Sum(worker => worker.Counts[i])}");
        }

        TrapStatistics statistics = TrapHandlers.GetStatistics();
        Console.WriteLine($"signals: {signals}");
        Console.WriteLine($"traps caught {statistics.TrapsCaught}, interrupts {statistics.Interrupts}, stacks mapped {statistics.StacksMapped}");
        Console.WriteLine($"resident after 10 s {resident.AtFirst / BytesPerKib} KiB, at the end {resident.AtLast / BytesPerKib} KiB");
        Console.WriteLine(
            $"{workers.Sum(static worker => worker.Done)} events on {options.Threads} threads in {options.Duration.TotalSeconds} s, seed {options.Seed}, "
            + $"{workers.Count(static worker => worker.Wrong is not null)} wrong, 0 hangs");
    }
}
