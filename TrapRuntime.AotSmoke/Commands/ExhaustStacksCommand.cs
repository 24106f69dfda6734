using TrapRuntime.AotSmoke.Scenarios;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Runs out of address space for stacks, which needs a process of its own.</summary>
internal sealed class ExhaustStacksCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "exhaust-stacks";

    /// <inheritdoc/>
    public string Parameters => "";

    /// <inheritdoc/>
    public string Summary => "runs out of memory for guest stacks, and back in";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        if (!arguments.IsEmpty)
        {
            throw new UsageException($"'{Name}' takes no arguments.");
        }

        string? wrong = StackExhaustion.Run();
        if (wrong is not null)
        {
            Console.Error.WriteLine(wrong);
        }

        return wrong is null ? ExitCode.Success : ExitCode.Failure;
    }
}
