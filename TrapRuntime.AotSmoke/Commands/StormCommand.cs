using TrapRuntime.AotSmoke.Storms;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Sixteen threads of everything at once: seconds by default, minutes for a soak.</summary>
internal sealed class StormCommand : ICommand
{
    private const int DefaultSeconds = 3;
    private const int Threads = 16;

    /// <inheritdoc/>
    public string Name => "storm";

    /// <inheritdoc/>
    public string Parameters => "[--seconds N | --minutes N]";

    /// <inheritdoc/>
    public string Summary => "guests, exceptions, collections and signals at once";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        int seconds = DefaultSeconds;
        const int SecondsPerMinute = 60;
        if (!arguments.IsEmpty)
        {
            seconds = StormArguments.Number(this, arguments, "--seconds", 0) + (SecondsPerMinute * StormArguments.Number(this, arguments, "--minutes", 0));
        }

        return StormArguments.Finish(Storm.Run(new StormOptions(TimeSpan.FromSeconds(seconds), seconds, Threads, IsMemoryJudged: false)));
    }
}
