using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TrapRuntime.AotSmoke.Bench;

/// <summary>Prints the rows of a run, as a Markdown table or as JSON.</summary>
internal static class BenchReport
{
    /// <summary>Gets what the figures belong to.</summary>
    internal static string Host =>
        $"{(RuntimeFeature.IsDynamicCodeSupported ? "CoreCLR" : "NativeAOT")} {Environment.Version}, {RuntimeInformation.RuntimeIdentifier}, {Processor}, {Environment.ProcessorCount} cores";

    private static string Processor
    {
        get
        {
            const string CpuInfo = "/proc/cpuinfo";
            string? line = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
            return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
        }
    }

    /// <summary>Makes the table.</summary>
    internal static string Table(IReadOnlyList<BenchRow> rows)
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Host}; nanoseconds, least and median of {BenchTimer.Repeats} repeats a round")
            .AppendLine()
            .AppendLine("| group | operation | min | median | floor | min / floor | limit | holds |")
            .AppendLine("|---|---|---:|---:|---|---:|---|---|");
        foreach (BenchRow row in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Group} | {row.Name} | {row.Minimum:F1} | {row.Median:F1} | {row.Floor?.Name} | {Ratio(row):F2} | {Limit(row)} | {Holds(row)} |");
        }

        return text.ToString();
    }

    /// <summary>Makes a JSON object with an array of rows. By hand: the framework's writer is much code for names and numbers.</summary>
    internal static string Json(IReadOnlyList<BenchRow> rows) =>
        $"{{\n  \"host\": \"{Host}\",\n  \"rows\": [\n{string.Join(",\n", rows.Select(Describe))}\n  ]\n}}\n";

    private static string Describe(BenchRow row)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"    {{ \"group\": \"{row.Group}\", \"name\": \"{row.Name}\", \"min\": {row.Minimum:F2}, \"median\": {row.Median:F2}");
        if (row.Floor is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $", \"floor\": \"{row.Floor.Name}\", \"ratio\": {row.Minimum / row.Floor.Minimum:F3}");
        }

        if (row.Target is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $", \"limit\": {row.Target.Limit():F2}, \"holds\": {(row.Target.Holds(row) ? "true" : "false")}");
        }

        return text.Append(" }").ToString();
    }

    private static double? Ratio(BenchRow row) => row.Minimum / row.Floor?.Minimum;

    private static string Limit(BenchRow row) =>
        row.Target is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{row.Target.Text} = {row.Target.Limit():F1}");

    private static string Holds(BenchRow row) => row.Target is null ? "" : row.Target.Holds(row) ? "yes" : "no";
}
