using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>A guest function with more arguments than there are registers.</summary>
internal sealed class ManyArguments : IScenario
{
    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases => [new("guest function with 18 arguments", "each in its place", Run)];

    private static string Run()
    {
        long[] integers = new long[FoldGuest.Integers];
        double[] doubles = new double[FoldGuest.Doubles];
        List<GuestValue> arguments = [];
        List<GuestValueKind> kinds = [];
        for (int i = 0; i < integers.Length; i++)
        {
            integers[i] = (i + 1) * (long.MaxValue / 1000);
            arguments.Add(GuestValue.FromInt64(integers[i]));
            kinds.Add(GuestValueKind.Int64);
        }

        for (int i = 0; i < doubles.Length; i++)
        {
            doubles[i] = Math.Sqrt(i + 2);
            arguments.Add(GuestValue.FromFloat64(doubles[i]));
            kinds.Add(GuestValueKind.Float64);
        }

        using GuestCode guest = FoldGuest.Emit();
        GuestFunction fold = new(guest.Start, GuestSignature.Create(kinds.ToArray(), GuestValueKind.Int64));
        Trap? trap = fold.Invoke(arguments.ToArray(), out GuestValue result).Trap;
        return trap is not null ? TrapText.Of(trap)
            : result.AsInt64() == FoldGuest.Fold(integers, doubles) ? "each in its place" : $"{result.AsInt64()}";
    }
}
