using System.Globalization;
using System.Text;
using System.Text.Json;
using TrapRuntime.AotSmoke.Scenarios;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Prints rows, for people or for programs.</summary>
internal static class SmokeReport
{
    private const int WhatColumn = 44;

    /// <summary>Prints a line: verdict, time, what, what was got; and what was expected where that was something else.</summary>
    internal static void PrintText(ScenarioRow row)
    {
        string verdict = row.Ok ? "ok    " : "FAILED";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{verdict} {row.Microseconds,10:F1} us  {row.What.PadRight(WhatColumn)} {row.Got}"));
        if (!row.Ok)
        {
            Console.WriteLine($"{"",22}expected{"",37}{row.Expected}");
        }
    }

    /// <summary>Prints one JSON object on a line of its own.</summary>
    internal static void PrintJson(ScenarioRow row)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteString("what", row.What);
            json.WriteString("expected", row.Expected);
            json.WriteString("got", row.Got);
            json.WriteNumber("microseconds", Math.Round(row.Microseconds, 1));
            json.WriteBoolean("ok", row.Ok);
            json.WriteEndObject();
        }

        Console.WriteLine(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
    }
}
