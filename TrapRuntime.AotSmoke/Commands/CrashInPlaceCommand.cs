using TrapRuntime.AotSmoke.Scenarios;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Dies as it should: an exception leaves a host function that no guest called.</summary>
internal sealed class CrashInPlaceCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "crash-in-place";

    /// <inheritdoc/>
    public string Parameters => "";

    /// <inheritdoc/>
    public string Summary => "an exception leaves a host function called outside any guest; says so and aborts";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        if (!arguments.IsEmpty)
        {
            throw new UsageException($"'{Name}' takes no arguments.");
        }

        Console.Error.WriteLine(ExceptionInPlace.Run());
        return ExitCode.Failure;
    }
}
