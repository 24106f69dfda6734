using System.Globalization;
using TrapRuntime.AotSmoke.Scenarios;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Lets guests do everything they do wrong, and checks what comes of it: one row each, and the count at the end.</summary>
internal sealed class SmokeCommand : ICommand
{
    private const string JsonOption = "--json";
    private const string FilterOption = "--filter";
    private const string RepeatOption = "--repeat";

    /// <inheritdoc/>
    public string Name => "smoke";

    /// <inheritdoc/>
    public string Parameters => $"[{JsonOption}] [{FilterOption} X] [{RepeatOption} N]";

    /// <inheritdoc/>
    public string Summary => "real faults, one row each; a JSON object a row; those with X in their name; N times";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        Options options = Options.Parse(arguments);
        ScenarioCase[] cases = [.. ScenarioTable.Select(options.Filter)];
        Action<ScenarioRow> print = options.Json ? SmokeReport.PrintJson : SmokeReport.PrintText;

        int passed = 0;
        int failed = 0;
        for (int round = 0; round < options.Repeat; round++)
        {
            foreach (ScenarioCase scenario in cases)
            {
                ScenarioRow row = ScenarioRunner.Run(scenario);
                passed += row.Ok ? 1 : 0;
                failed += row.Ok ? 0 : 1;
                print(row);
            }
        }

        if (cases.Length == 0)
        {
            Console.Error.WriteLine($"No scenario has '{options.Filter}' in its name.");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed"));
        return passed > 0 && failed == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private readonly record struct Options(bool Json, string Filter, int Repeat)
    {
        internal static Options Parse(ReadOnlySpan<string> arguments)
        {
            Options options = new(false, "", 1);
            for (int i = 0; i < arguments.Length; i++)
            {
                options = arguments[i] switch
                {
                    JsonOption => options with { Json = true },
                    FilterOption => options with { Filter = ValueOf(arguments, ref i) },
                    RepeatOption => options with { Repeat = Count(ValueOf(arguments, ref i)) },
                    _ => throw new UsageException($"'{arguments[i]}' is no option of smoke."),
                };
            }

            return options;
        }

        private static string ValueOf(ReadOnlySpan<string> arguments, ref int i) => i + 1 < arguments.Length
            ? arguments[++i]
            : throw new UsageException($"{arguments[i]} wants a value.");

        private static int Count(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
                ? count
                : throw new UsageException($"'{text}' is not a number of times.");
    }
}
