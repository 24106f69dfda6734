using TrapRuntime.WasmSuite.Reports;

namespace TrapRuntime.WasmSuite.Running;

/// <summary>Runs a list of scripts.</summary>
internal static class SuiteRun
{
    /// <summary>Runs every script on each of some threads at once; one thread runs them in sequence.</summary>
    internal static IReadOnlyList<ScriptReport> Run(IReadOnlyList<PreparedScript> scripts, int threads)
    {
        ScriptReport[][] reports = new ScriptReport[threads][];
        Thread[] runners = [.. Enumerable.Range(0, threads).Select(index => new Thread(() => reports[index] = RunInTurn(scripts, index)))];
        Array.ForEach(runners, runner => runner.Start());
        Array.ForEach(runners, runner => runner.Join());
        return [.. scripts.Select((script, index) => Sum(script.Name, reports.Select(list => list[index])))];
    }

    // Each thread starts elsewhere in the list, so that different modules meet.
    private static ScriptReport[] RunInTurn(IReadOnlyList<PreparedScript> scripts, int offset)
    {
        ScriptReport[] reports = new ScriptReport[scripts.Count];
        for (int i = 0; i < scripts.Count; i++)
        {
            int index = (i + offset) % scripts.Count;
            reports[index] = RunOne(scripts[index]);
        }

        return reports;
    }

    private static ScriptReport RunOne(PreparedScript script)
    {
        try
        {
            return ScriptRun.Run(script);
        }
        catch (Exception error)
        {
            ScriptReport report = new(script.Name);
            report.Fail(0, $"the run broke off: {error}");
            return report;
        }
    }

    private static ScriptReport Sum(string name, IEnumerable<ScriptReport> reports)
    {
        ScriptReport sum = new(name);
        foreach (ScriptReport report in reports)
        {
            sum.Add(report);
        }

        return sum;
    }
}
