using System.Runtime.CompilerServices;
using TrapRuntime.WasmSuite.Reports;
using TrapRuntime.WasmSuite.Running;

namespace TrapRuntime.WasmSuite;

/// <summary>Does what the command line says.</summary>
internal static class Suite
{
    /// <summary>Runs scripts or libraries and prints what came of them.</summary>
    /// <returns>True when nothing failed.</returns>
    internal static bool Run(SuiteOptions options)
    {
        string folder = options.WorkFolder ?? Directory.CreateTempSubdirectory("wasm-suite-").FullName;
        try
        {
            return RunScripts(options, folder);
        }
        finally
        {
            if (options.WorkFolder is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static bool RunScripts(SuiteOptions options, string folder)
    {
        ScriptPreparer preparer = new(folder);
        PreparedScript[] scripts = [.. options.Scripts.AsParallel().AsOrdered().Select(preparer.Prepare)];
        string runtime = RuntimeFeature.IsDynamicCodeSupported ? "CoreCLR" : "NativeAOT";
        Console.WriteLine($"{scripts.Length} scripts under {runtime} {Environment.Version}, {(options.Threads == 1 ? "in sequence" : $"on {options.Threads} threads at once")}");
        IReadOnlyList<ScriptReport> reports = SuiteRun.Run(scripts, options.Threads);
        ReportTable.Print(reports);
        return ReportTable.PrintTotal(
            reports.Sum(report => report.Passed + report.RefusedByTool),
            reports.Sum(report => report.Failures.Count),
            reports.Sum(report => report.Skips.Count));
    }
}
