using System.Globalization;

namespace TrapRuntime.WasmSuite.Libraries;

/// <summary>Runs all native libraries and prints what came of them.</summary>
internal static class LibrarySuite
{
    private const int NameColumn = 34;

    private static readonly ILibraryScenario[] s_scenarios =
    [
        new ZlibScenario(),
        new SqliteScenario(),
        new SqliteInterruptScenario(),
        new CppExceptionScenario(),
        new CLibraryScenario(),
    ];

    /// <summary>Runs them.</summary>
    internal static IReadOnlyList<LibraryReport> Run(string folder) => [.. s_scenarios.Select(scenario => Run(scenario, folder))];

    /// <summary>Prints the table.</summary>
    internal static void Print(IReadOnlyList<LibraryReport> reports)
    {
        Console.WriteLine($"{"library",-NameColumn} {"run",7} {"passed",7} {"failed",7}");
        foreach (LibraryReport report in reports)
        {
            int failed = report.Failures.Count;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{report.Name,-NameColumn} {report.Passed + failed,7} {report.Passed,7} {failed,7}"));
            foreach (string failure in report.Failures)
            {
                Console.WriteLine($"    FAILED {failure}");
            }
        }
    }

    private static LibraryReport Run(ILibraryScenario scenario, string folder)
    {
        LibraryReport report = new(scenario.Name);
        try
        {
            scenario.Run(report, folder);
        }
        catch (Exception error)
        {
            report.Check(false, $"broke off: {error}");
        }

        return report;
    }
}
