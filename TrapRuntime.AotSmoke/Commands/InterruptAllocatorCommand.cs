using System.Globalization;
using TrapRuntime.AotSmoke.Storms;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Interrupts a plug-in that is mostly inside <c>malloc</c> and <c>free</c>, whose locks must never be abandoned.</summary>
internal sealed class InterruptAllocatorCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "interrupt-allocator";

    /// <inheritdoc/>
    public string Parameters => "LIBRARY TIMES";

    /// <inheritdoc/>
    public string Summary => "a plug-in that churns the allocator, interrupted so often";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length != 2 || !int.TryParse(arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out int times))
        {
            throw new UsageException($"'{Name}' wants a library with the function '{AllocatorStorm.Function}' and a number.");
        }

        string? wrong = AllocatorStorm.Run(arguments[0], times, Console.Out);
        if (wrong is not null)
        {
            Console.Error.WriteLine(wrong);
        }

        return wrong is null ? ExitCode.Success : ExitCode.Failure;
    }
}
