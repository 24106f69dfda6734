using TrapRuntime.AotSmoke.Trials;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Runs one trial, which has this process to itself.</summary>
internal sealed class TrialCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "stacks";

    /// <inheritdoc/>
    public string Parameters => string.Join('|', TrialTable.All.Select(static trial => trial.Name));

    /// <inheritdoc/>
    public string Summary => "guest stacks under options or limits that hold for the whole process";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        string name = arguments is [string only] ? only : "";
        ITrial trial = TrialTable.All.FirstOrDefault(trial => trial.Name == name)
            ?? throw new UsageException($"'{Name}' takes one of {Parameters}.");
        string? wrong = trial.Run();
        if (wrong is not null)
        {
            Console.Error.WriteLine(wrong);
        }

        return wrong is null ? ExitCode.Success : ExitCode.Failure;
    }
}
