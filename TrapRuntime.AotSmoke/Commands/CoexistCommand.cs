using TrapRuntime.AotSmoke.Coexistence;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Runs the checks of coexistence with the runtime and with other libraries, all or one.</summary>
internal sealed class CoexistCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "coexist";

    /// <inheritdoc/>
    public string Parameters => "[CHECK]";

    /// <inheritdoc/>
    public string Summary => "checks life beside the runtime and other libraries";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        string? only = arguments.IsEmpty ? null : arguments[0];
        CoexistCheck[] checks = [.. CoexistTable.All.Where(check => only is null || check.Name == only)];
        if (arguments.Length > 1 || checks.Length == 0)
        {
            throw new UsageException($"'{Name}' takes one of: {string.Join(", ", CoexistTable.All.Select(static check => check.Name))}.");
        }

        bool failed = false;
        foreach (CoexistCheck check in checks)
        {
            string? wrong = Try(check);
            failed |= wrong is not null;
            Console.WriteLine($"{check.Name}: {wrong ?? "ok"}");
        }

        return failed ? ExitCode.Failure : ExitCode.Success;
    }

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
