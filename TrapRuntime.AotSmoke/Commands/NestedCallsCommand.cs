using TrapRuntime.AotSmoke.Debugging;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Gives a debugger something to walk.</summary>
internal sealed class NestedCallsCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "nested-calls";

    /// <inheritdoc/>
    public string Parameters => "";

    /// <inheritdoc/>
    public string Summary => "goes through two guests, for debuggers to walk";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        if (!arguments.IsEmpty)
        {
            throw new UsageException($"'{Name}' takes no arguments.");
        }

        NestedCalls.Run();
        return ExitCode.Success;
    }
}
