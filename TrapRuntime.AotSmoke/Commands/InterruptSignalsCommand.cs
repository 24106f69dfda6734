using TrapRuntime.AotSmoke.Scenarios;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>One case of how the interrupt signal gets along with others.</summary>
internal sealed class InterruptSignalsCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "interrupt-signals";

    /// <inheritdoc/>
    public string Parameters => "CASE";

    /// <inheritdoc/>
    public string Summary => $"how the interrupt signal gets along with others: {string.Join(", ", InterruptSignals.Cases.Keys)}";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length != 1 || !InterruptSignals.Cases.TryGetValue(arguments[0], out Func<string?>? run))
        {
            throw new UsageException($"'{Name}' wants one of {string.Join(", ", InterruptSignals.Cases.Keys)}.");
        }

        string? wrong = run();
        if (wrong is not null)
        {
            Console.Error.WriteLine(wrong);
        }

        return wrong is null ? ExitCode.Success : ExitCode.Failure;
    }
}
