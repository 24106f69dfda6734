using TrapRuntime.AotSmoke.Examples;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Runs the README's first program.</summary>
internal sealed class FirstProgramCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "first-program";

    /// <inheritdoc/>
    public string Parameters => "";

    /// <inheritdoc/>
    public string Summary => "runs the README's example";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        if (!arguments.IsEmpty)
        {
            throw new UsageException($"'{Name}' takes no arguments.");
        }

        FirstProgram.Run();
        return ExitCode.Success;
    }
}
