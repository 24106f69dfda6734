using System.Runtime.CompilerServices;
using TrapRuntime.WasmSuite.Libraries;
using TrapRuntime.WasmSuite.Reports;
using TrapRuntime.WasmSuite.Running;

namespace TrapRuntime.WasmSuite;

/// <summary>Does what the command line says.</summary>
internal static class Suite
{
    /// <summary>Runs scripts or libraries and prints what came of them.</summary>
    /// <returns>True when something ran and nothing failed.</returns>
    internal static bool Run(SuiteOptions options)
    {
        string folder = options.WorkFolder ?? Directory.CreateTempSubdirectory("wasm-suite-").FullName;
        try
        {
            return options.RunsLibraries ? RunLibraries(folder) : RunScripts(options, folder);
        }
        finally
        {
            if (options.WorkFolder is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static string RuntimeName => $"{(RuntimeFeature.IsDynamicCodeSupported ? "CoreCLR" : "NativeAOT")} {Environment.Version}";

    private static bool RunLibraries(string folder)
    {
        Console.WriteLine($"native libraries under {RuntimeName}");
        IReadOnlyList<LibraryReport> reports = LibrarySuite.Run(folder);
        LibrarySuite.Print(reports);
        int failed = reports.Sum(report => report.Failures.Count);
        ReportTable.PrintTotal(reports.Sum(report => report.Passed), failed, 0);
        return failed == 0;
    }

    private static bool RunScripts(SuiteOptions options, string folder)
    {
        ScriptPreparer preparer = new(folder);
        PreparedScript[] scripts = [.. options.Scripts.AsParallel().AsOrdered().Select(preparer.Prepare)];
        Console.WriteLine($"{scripts.Length} scripts under {RuntimeName}, {(options.Threads == 1 ? "in sequence" : $"on {options.Threads} threads at once")}");
        IReadOnlyList<ScriptReport> reports = SuiteRun.Run(scripts, options.Threads);
        ReportTable.Print(reports);
        TrapStatistics statistics = TrapHandlers.GetStatistics();
        Console.WriteLine($"{statistics.TrapsCaught} traps caught, {statistics.StacksInUse} guest stacks still in use");
        int failed = reports.Sum(report => report.Failures.Count) + (int)statistics.StacksInUse;
        ReportTable.PrintTotal(reports.Sum(report => report.Passed + report.RefusedByTool), failed, reports.Sum(report => report.Skips.Count));
        return failed == 0 && reports.Sum(report => report.Commands) > 0;
    }
}
