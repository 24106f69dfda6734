using TrapRuntime.AotSmoke.Scenarios;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Runs out of address space for guest calls and host functions, which needs a process of its own.</summary>
internal sealed class ExhaustCallsCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "exhaust-calls";

    /// <inheritdoc/>
    public string Parameters => "";

    /// <inheritdoc/>
    public string Summary => "runs out of memory for guest calls and host functions, and back in";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        if (!arguments.IsEmpty)
        {
            throw new UsageException($"'{Name}' takes no arguments.");
        }

        string? wrong = CallExhaustion.Run();
        if (wrong is not null)
        {
            Console.Error.WriteLine(wrong);
        }

        return wrong is null ? ExitCode.Success : ExitCode.Failure;
    }
}
