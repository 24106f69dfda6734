using TrapRuntime.AotSmoke.Storms;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>A storm whose order a seed decides, and whose memory must stay flat.</summary>
internal sealed class ChaosCommand : ICommand
{
    private const int DefaultSeconds = 60;
    private const int DefaultSeed = 1;
    private const int Threads = 16;

    /// <summary>Heaps and pools breathe by more than a tenth within seconds; a trend takes a minute to tell from that.</summary>
    private const int SecondsToJudgeMemory = 60;

    /// <inheritdoc/>
    public string Name => "chaos";

    /// <inheritdoc/>
    public string Parameters => "[--seconds N] [--seed S]";

    /// <inheritdoc/>
    public string Summary => "a storm by the seed; memory must stay flat";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        int seconds = StormArguments.Number(this, arguments, "--seconds", DefaultSeconds);
        int seed = StormArguments.Number(this, arguments, "--seed", DefaultSeed);
        return StormArguments.Finish(
            Storm.Run(new StormOptions(TimeSpan.FromSeconds(seconds), seed, Threads, seconds >= SecondsToJudgeMemory)));
    }
}
