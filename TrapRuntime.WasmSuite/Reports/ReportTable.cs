using System.Globalization;

namespace TrapRuntime.WasmSuite.Reports;

/// <summary>Prints what came of everything.</summary>
internal static class ReportTable
{
    private const int NameColumn = 34;
    private const int LinesListed = 8;

    /// <summary>Prints the table and what is to be said of single rows.</summary>
    internal static void Print(IReadOnlyList<ScriptReport> reports)
    {
        Console.WriteLine($"{"file",-NameColumn} {"commands",9} {"run",7} {"passed",7} {"failed",7} {"skipped",7} {"refused by wabt",16}");
        foreach (ScriptReport report in reports)
        {
            int failed = report.Failures.Count;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Name,-NameColumn} {report.Commands,9} {report.Passed + failed,7} {report.Passed,7} {failed,7} {report.Skips.Count,7} {report.RefusedByTool,16}"));
            foreach (IGrouping<string, int> skip in report.Skips.GroupBy(skip => skip.Reason, skip => skip.Line))
            {
                Console.WriteLine($"    skipped {skip.Count()}: {skip.Key} (line {Lines(skip)})");
            }

            foreach ((int line, string what) in report.Failures.Distinct())
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    FAILED line {line}: {what}"));
            }
        }
    }

    /// <summary>Prints the closing line.</summary>
    internal static void PrintTotal(int passed, int failed, int skipped)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed{(skipped > 0 ? $", {skipped} skipped" : string.Empty)}"));
    }

    private static string Lines(IEnumerable<int> lines)
    {
        List<int> distinct = [.. lines.Distinct()];
        string listed = string.Join(", ", distinct.Take(LinesListed));
        return distinct.Count > LinesListed ? $"{listed}, ..." : listed;
    }
}
