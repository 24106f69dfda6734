using System.Globalization;
using System.Text;
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
    internal static void PrintJson(ScenarioRow row) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"what\":{Quote(row.What)},\"expected\":{Quote(row.Expected)},\"got\":{Quote(row.Got)},\"microseconds\":{row.Microseconds:F1},\"ok\":{(row.Ok ? "true" : "false")}}}"));

    // By hand: the framework's writer is much code for three strings.
    private static string Quote(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char character in text)
        {
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }
}
