using TrapRuntime.AotSmoke.Coexistence;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Runs one check of coexistence with the runtime and with other libraries. Each wants a process that no other has changed.</summary>
internal sealed class CoexistCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "coexist";

    /// <inheritdoc/>
    public string Parameters => "CHECK";

    /// <inheritdoc/>
    public string Summary => $"checks life beside the runtime and other libraries: {Names}";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        CoexistCheck? check = null;
        if (arguments.Length == 1)
        {
            string name = arguments[0];
            check = CoexistTable.All.FirstOrDefault(one => one.Name == name);
        }

        if (check is null)
        {
            throw new UsageException($"'{Name}' takes one of: {Names}.");
        }

        string? wrong = Try(check);
        Console.WriteLine($"{check.Name}: {wrong ?? "ok"}");
        return wrong is null ? ExitCode.Success : ExitCode.Failure;
    }

    private static string Names => string.Join(", ", CoexistTable.All.Select(static check => check.Name));

    private static string? Try(CoexistCheck check)
    {
        try
        {
            return check.Run();
        }
        catch (Exception error)
        {
            return error.ToString();
        }
    }
}
