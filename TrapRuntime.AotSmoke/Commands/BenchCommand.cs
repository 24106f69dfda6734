using System.Globalization;
using TrapRuntime.AotSmoke.Bench;
using TrapRuntime.AotSmoke.Bench.Rows;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Measures everything beside its floor, in one run.</summary>
internal sealed class BenchCommand : ICommand
{
    private const int DefaultRounds = 6;

    /// <inheritdoc/>
    public string Name => "bench";

    /// <inheritdoc/>
    public string Parameters => "[--json] [--filter TEXT] [--rounds N]";

    /// <inheritdoc/>
    public string Summary => "measures every operation beside its floor";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        bool json = false;
        string filter = "";
        int rounds = DefaultRounds;
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--json":
                    json = true;
                    break;
                case "--filter" when i + 1 < arguments.Length:
                    filter = arguments[++i];
                    break;
                case "--rounds" when i + 1 < arguments.Length
                    && int.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out rounds) && rounds > 0:
                    i++;
                    break;
                default:
                    throw new UsageException($"'bench' does not know what to do with '{arguments[i]}'.");
            }
        }

        BenchSuite suite = MakeSuite();
        IReadOnlyList<BenchRow> rows = suite.Run(row => $"{row.Group}: {row.Name}".Contains(filter, StringComparison.OrdinalIgnoreCase), rounds);
        if (rows.Count == 0)
        {
            throw new UsageException($"No row's name contains '{filter}'.");
        }

        Console.Write(json ? BenchReport.Json(rows) : BenchReport.Table(rows));
        return ExitCode.Success;
    }

    private static BenchSuite MakeSuite()
    {
        TrapHandlers.InitializeCurrentThread();
        BenchSuite suite = new();
        BenchGuests guests = new();
        FloorRows floors = new(suite, guests);
        CallRows.AddTo(suite, floors, guests);
        HostCallRows.AddTo(suite, floors, guests);
        RaiseRows.AddTo(suite, floors, guests);
        TrapRows.AddTo(suite, floors, guests);
        ScaleRows.AddTo(suite, floors, guests);
        StackRows.AddTo(suite, floors, guests);
        InterruptRows.AddTo(suite);
        MemoryRows.AddTo(suite, guests);
        return suite;
    }
}
