using System.Globalization;
using TrapRuntime.AotSmoke.Coexistence;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Lets threads come and go, and counts the mappings they leave behind.</summary>
internal sealed class ChurnCommand : ICommand
{
    private const int DefaultThreads = 10_000;

    /// <inheritdoc/>
    public string Name => "churn";

    /// <inheritdoc/>
    public string Parameters => "[THREADS [idle]]";

    /// <inheritdoc/>
    public string Summary => "lets threads come, trap and go; finds what they leave";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        int threads = DefaultThreads;
        bool isIdle = arguments.Length == 2 && arguments[1] == "idle";
        if (arguments.Length > 2
            || (arguments.Length == 2 && !isIdle)
            || (arguments.Length > 0 && !int.TryParse(arguments[0], CultureInfo.InvariantCulture, out threads)))
        {
            throw new UsageException($"'{Name}' takes {Parameters}.");
        }

        string? wrong = ThreadChurn.Run(threads, !isIdle, out string report);
        Console.WriteLine(report);
        if (wrong is not null)
        {
            Console.Error.WriteLine(wrong);
        }

        return wrong is null ? ExitCode.Success : ExitCode.Failure;
    }
}
