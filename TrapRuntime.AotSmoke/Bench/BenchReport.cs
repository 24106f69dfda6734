using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

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

    /// <summary>Makes a JSON array with an object a row.</summary>
    internal static string Json(IReadOnlyList<BenchRow> rows)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("host", Host);
            json.WriteStartArray("rows");
            foreach (BenchRow row in rows)
            {
                Write(json, row);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, BenchRow row)
    {
        json.WriteStartObject();
        json.WriteString("group", row.Group);
        json.WriteString("name", row.Name);
        json.WriteNumber("min", Math.Round(row.Minimum, 2));
        json.WriteNumber("median", Math.Round(row.Median, 2));
        if (row.Floor is not null)
        {
            json.WriteString("floor", row.Floor.Name);
            json.WriteNumber("ratio", Math.Round(row.Minimum / row.Floor.Minimum, 3));
        }

        if (row.Target is not null)
        {
            json.WriteString("limit", row.Target.Text);
            json.WriteBoolean("holds", row.Minimum <= row.Target.Limit());
        }

        json.WriteEndObject();
    }

    private static double? Ratio(BenchRow row) => row.Minimum / row.Floor?.Minimum;

    private static string Limit(BenchRow row) =>
        row.Target is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{row.Target.Text} = {row.Target.Limit():F1}");

    private static string Holds(BenchRow row) => row.Target is null ? "" : row.Minimum <= row.Target.Limit() ? "yes" : "no";
}
