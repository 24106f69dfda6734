using TrapRuntime.AotSmoke.Coexistence;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Loads another copy of TrapRuntime, in a NativeAOT library, and lets both trap.</summary>
internal sealed class SecondCopyCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "second-copy";

    /// <inheritdoc/>
    public string Parameters => "LIBRARY";

    /// <inheritdoc/>
    public string Summary => "traps beside another copy of TrapRuntime";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments) => arguments.Length == 1
        ? StormArguments.Finish(SecondCopy.Run(arguments[0]))
        : throw new UsageException($"'{Name}' takes {Parameters}.");
}
