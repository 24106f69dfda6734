namespace TrapRuntime.WasmSuite.Libraries;

/// <summary>sqlite3 keeps 100,000 rows in memory and calls back into the host for each of them.</summary>
internal sealed class SqliteScenario : ILibraryScenario
{
    private const int Rows = 100_000;

    /// <inheritdoc/>
    public string Name => "sqlite3";

    /// <inheritdoc/>
    public void Run(LibraryReport report, string folder)
    {
        Sqlite sqlite = new();
        nint database = sqlite.Open();
        sqlite.Execute(database, "create table numbers (id integer primary key, value integer)");
        Insert(report, sqlite, database);

        long sum = (long)Rows * (Rows + 1) / 2;
        report.Equal(Rows, sqlite.Query(database, "select count(*) from numbers"), "rows");
        report.Equal(sum, sqlite.Query(database, "select sum(value) from numbers"), "sum");
        report.Equal(Rows / 10, sqlite.Query(database, "select count(*) from numbers where value % 10 = 0"), "tens");
        report.Equal(Rows - 1, sqlite.Query(database, "select value from numbers order by value desc limit 1 offset 1"), "second largest");
        report.Equal(Rows - 1, sqlite.Query(database, "select count(*) from numbers a join numbers b on a.id + 1 = b.id"), "neighbours");
        HostFunctions(report, sqlite, database, sum);
        report.Equal(Sqlite.Ok, sqlite.Close(database), "sqlite3_close");
    }

    private static void Insert(LibraryReport report, Sqlite sqlite, nint database)
    {
        sqlite.Execute(database, "begin");
        nint insert = sqlite.Prepare(database, "insert into numbers (value) values (?)");
        int inserted = 0;
        for (int i = 1; i <= Rows; i++)
        {
            _ = sqlite.Bind(insert, 1, i);
            inserted += sqlite.Advance(insert) == Sqlite.Done ? 1 : 0;
            _ = sqlite.Reset(insert);
        }

        _ = sqlite.Finish(insert);
        sqlite.Execute(database, "commit");
        report.Equal(Rows, inserted, "inserted");
    }

    private static void HostFunctions(LibraryReport report, Sqlite sqlite, nint database, long sum)
    {
        int calls = 0;
        GuestSignature signature = GuestSignature.Create([CTypes.Long, CTypes.Int, CTypes.Long]);
        using HostFunction twice = HostFunction.Create(signature, (ref call) =>
        {
            calls++;
            sqlite.SetResult(ref call, sqlite.ArgumentOf(ref call, 0) * 2);
            return default;
        });
        sqlite.AddFunction(database, "twice", 1, twice);
        report.Equal(sum * 2, sqlite.Query(database, "select sum(twice(value)) from numbers"), "sum of a host function");
        report.Equal(Rows, calls, "calls of the host function");

        InvalidOperationException error = new("the host wants no thousand");
        using HostFunction picky = HostFunction.Create(signature, (ref call) =>
        {
            long value = sqlite.ArgumentOf(ref call, 0);
            sqlite.SetResult(ref call, value);
            return value == 1000 ? throw error : default;
        });

        // The statement that the exception crossed stays as it was, open: its database is given up.
        nint other = sqlite.Open();
        sqlite.AddFunction(other, "picky", 1, picky);
        Exception? caught = null;
        try
        {
            _ = sqlite.Query(other, "with recursive c(x) as (select 1 union all select x + 1 from c) select sum(picky(x)) from c");
        }
        catch (InvalidOperationException thrown)
        {
            caught = thrown;
        }

        report.Check(ReferenceEquals(error, caught), $"an exception of a host function came out as {caught}");
        report.Equal(Rows, sqlite.Query(database, "select count(*) from numbers"), "rows after an exception elsewhere");
    }
}
