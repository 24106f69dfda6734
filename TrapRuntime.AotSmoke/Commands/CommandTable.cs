using System.Text;
using TrapRuntime.AotSmoke.Crashes;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>All commands, and the choice among them.</summary>
internal static class CommandTable
{
    private const int NameColumn = 44;

    private static readonly ICommand[] s_commands =
    [
        new SmokeCommand(),
        new BenchCommand(),
        new ExhaustStacksCommand(),
        new PassOnCommand(),
        new ChurnCommand(),
        new CoexistCommand(),
        new StormCommand(),
        new ChaosCommand(),
        new SecondCopyCommand(),
        new CallsCommand(),
        new ExhaustCallsCommand(),
        new InterruptStormCommand(),
        new InterruptAllocatorCommand(),
        new InterruptSignalsCommand(),
        new TrialCommand(),
        new FirstProgramCommand(),
        new NestedCallsCommand(),
        .. CrashTable.All.Select(static crash => new CrashCommand(crash)),
    ];

    /// <summary>Runs the command that the first argument names.</summary>
    /// <returns>The process's exit code.</returns>
    internal static int Run(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            return Refuse("Say what to do.");
        }

        ICommand? command = Array.Find(s_commands, command => command.Name == arguments[0]);
        if (command is null)
        {
            return Refuse($"There is no command '{arguments[0]}'.");
        }

        try
        {
            return command.Run(arguments.AsSpan(1));
        }
        catch (UsageException wrong)
        {
            return Refuse(wrong.Message);
        }
    }

    private static int Refuse(string reason)
    {
        StringBuilder text = new();
        text.AppendLine(reason).AppendLine("Usage: TrapRuntime.AotSmoke <command>");
        foreach (ICommand command in s_commands)
        {
            text.Append("  ").Append($"{command.Name} {command.Parameters}".PadRight(NameColumn)).AppendLine(command.Summary);
        }

        Console.Error.Write(text);
        return ExitCode.Usage;
    }
}
