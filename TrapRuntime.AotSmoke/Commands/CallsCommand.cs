using System.Globalization;
using TrapRuntime.AotSmoke.Calls;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Checks calls between host and guest, one line each, and the count at the end.</summary>
internal sealed class CallsCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "calls";

    /// <inheritdoc/>
    public string Parameters => "[X]";

    /// <inheritdoc/>
    public string Summary => "arguments, raises, exceptions, nesting; those with X in their name";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length > 1)
        {
            throw new UsageException($"'{Name}' takes one filter at most.");
        }

        string filter = arguments.Length == 0 ? "" : arguments[0];
        int passed = 0;
        int failed = 0;
        foreach (CallCheck check in CallCheckTable.All.Where(check => check.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))
        {
            string? failure = Try(check);
            passed += failure is null ? 1 : 0;
            failed += failure is null ? 0 : 1;
            Console.WriteLine(failure is null ? $"ok      {check.Name}" : $"FAILED  {check.Name}: {failure}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed"));
        return passed > 0 && failed == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static string? Try(CallCheck check)
    {
        try
        {
            check.Run();
            return null;
        }
        catch (Exception failure)
        {
            return failure.ToString();
        }
    }
}
