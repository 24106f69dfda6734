namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Something the program can be told to do by its first argument. One command a file, listed in <see cref="CommandTable"/>.</summary>
internal interface ICommand
{
    /// <summary>Gets the first argument that selects the command.</summary>
    string Name { get; }

    /// <summary>Gets what may follow the name, as the usage text prints it; empty when nothing may.</summary>
    string Parameters { get; }

    /// <summary>Gets one line on what the command does.</summary>
    string Summary { get; }

    /// <summary>Does it.</summary>
    /// <param name="arguments">The arguments behind the name.</param>
    /// <returns>The process's exit code, one of <see cref="ExitCode"/>.</returns>
    /// <exception cref="UsageException">The arguments make no sense. Nothing was done.</exception>
    int Run(ReadOnlySpan<string> arguments);
}
