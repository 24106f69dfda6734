using System.Globalization;
using TrapRuntime.AotSmoke.Bench;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Measures how soon a cancelled guest stops, against what the system needs to signal a thread at all.</summary>
internal sealed class InterruptLatencyCommand : ICommand
{
    private const int DefaultRounds = 5000;

    /// <inheritdoc/>
    public string Name => "interrupt-latency";

    /// <inheritdoc/>
    public string Parameters => "[ROUNDS]";

    /// <inheritdoc/>
    public string Summary => "from Cancel() to the landing, against the floor of pthread_kill";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        int rounds = DefaultRounds;
        if (arguments.Length > 1
            || (arguments.Length == 1 && !(int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out rounds) && rounds > 0)))
        {
            throw new UsageException($"'{Name}' takes a number of rounds.");
        }

        Console.WriteLine(InterruptLatency.Measure(rounds));
        return ExitCode.Success;
    }
}
