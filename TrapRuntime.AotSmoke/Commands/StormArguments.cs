using System.Globalization;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>What the two storm commands have in common.</summary>
internal static class StormArguments
{
    /// <summary>Reads the number behind an option.</summary>
    /// <exception cref="UsageException">There is none, or an unknown option stands where one may.</exception>
    internal static int Number(ICommand command, ReadOnlySpan<string> arguments, string option, int absent)
    {
        int value = absent;
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length
                || !command.Parameters.Contains(arguments[i], StringComparison.Ordinal)
                || !int.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out int number))
            {
                throw new UsageException($"'{command.Name}' takes {command.Parameters}.");
            }

            value = arguments[i] == option ? number : value;
        }

        return value;
    }

    /// <summary>Ends the process: threads that hang must not keep it.</summary>
    internal static int Finish(string? wrong)
    {
        if (wrong is not null)
        {
            Console.Error.WriteLine(wrong);
            Environment.Exit(ExitCode.Failure);
        }

        return ExitCode.Success;
    }
}
