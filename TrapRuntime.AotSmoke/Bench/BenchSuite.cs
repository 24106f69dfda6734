namespace TrapRuntime.AotSmoke.Bench;

/// <summary>The rows of a run, in the order they are printed.</summary>
internal sealed class BenchSuite
{
    private readonly List<BenchRow> _rows = [];

    /// <summary>Gets the rows.</summary>
    internal IReadOnlyList<BenchRow> Rows => _rows;

    /// <summary>Adds a row.</summary>
    internal BenchRow Add(BenchRow row)
    {
        _rows.Add(row);
        return row;
    }

    /// <summary>
    /// Measures the rows that a filter wants, and the floors they stand on, a few repeats at a time and over and over: a slow spell of the
    /// machine lasts seconds and hits all alike.
    /// </summary>
    internal IReadOnlyList<BenchRow> Run(Func<BenchRow, bool> wanted, int rounds)
    {
        HashSet<BenchRow> chosen = [];
        foreach (BenchRow row in _rows.Where(wanted))
        {
            for (BenchRow? each = row; each is not null; each = each.Floor)
            {
                _ = chosen.Add(each);
            }
        }

        BenchRow[] ordered = [.. _rows.Where(chosen.Contains)];
        for (int pass = 0; pass < rounds * BenchTimer.PassesARound; pass++)
        {
            foreach (BenchRow row in ordered)
            {
                BenchTimer.Measure(row, pass);
            }
        }

        return ordered;
    }
}
