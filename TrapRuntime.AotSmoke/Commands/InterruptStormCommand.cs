using System.Globalization;
using TrapRuntime.AotSmoke.Storms;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Cancels guests of all kinds at random, on four threads, and checks that each cancelled one ends and no other.</summary>
internal sealed class InterruptStormCommand : ICommand
{
    private const string SecondsOption = "--seconds";
    private const string SeedOption = "--seed";
    private const int DefaultSeconds = 2;

    /// <inheritdoc/>
    public string Name => "interrupt-storm";

    /// <inheritdoc/>
    public string Parameters => $"[{SecondsOption} N] [{SeedOption} S]";

    /// <inheritdoc/>
    public string Summary => "guests of all kinds cancelled at random, on four threads";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        int seconds = DefaultSeconds;
        int seed = Environment.TickCount;
        for (int i = 0; i < arguments.Length; i += 2)
        {
            int value = i + 1 < arguments.Length && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new UsageException($"{arguments[i]} wants a number.");
            switch (arguments[i])
            {
                case SecondsOption:
                    seconds = value;
                    break;
                case SeedOption:
                    seed = value;
                    break;
                default:
                    throw new UsageException($"'{arguments[i]}' is no option of {Name}.");
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {seconds} s"));
        string? wrong = InterruptStorm.Run(TimeSpan.FromSeconds(seconds), seed, Console.Out);
        if (wrong is not null)
        {
            Console.Error.WriteLine(wrong);
        }

        return wrong is null ? ExitCode.Success : ExitCode.Failure;
    }
}
