using static TrapRuntime.WasmSuite.Libraries.GuestCalls;

namespace TrapRuntime.WasmSuite.Libraries;

/// <summary>Queries that would never end are stopped in each of the ways there are.</summary>
internal sealed class SqliteInterruptScenario : ILibraryScenario
{
    private const string Endless = "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c";
    private const int StepsPerCallback = 1000;
    private const int CallbacksBeforeTrap = 5;
    private static readonly TimeSpan s_delay = TimeSpan.FromMilliseconds(50);
    private static readonly GuestSignature s_callback = GuestSignature.Create([CTypes.Long], CTypes.Int);

    /// <inheritdoc/>
    public string Name => "sqlite3, interrupted";

    /// <inheritdoc/>
    public void Run(LibraryReport report, string folder)
    {
        Sqlite sqlite = new();
        using GuestCode code = sqlite.Register();
        ByCallback(report, sqlite);
        ByTrapInCallback(report, sqlite);
        ByToken(report, sqlite);
        ByToken(report, sqlite);
    }

    // sqlite3's own way: the query ends, and everything stays in order.
    private static void ByCallback(LibraryReport report, Sqlite sqlite)
    {
        using CancellationTokenSource source = new(s_delay);
        CancellationToken token = source.Token;
        using HostFunction check = HostFunction.Create(s_callback, (ref _) => Number(token.IsCancellationRequested ? 1 : 0));
        nint database = sqlite.Open();
        sqlite.SetProgressHandler(database, StepsPerCallback, check);
        nint query = sqlite.Prepare(database, Endless);
        report.Equal(Sqlite.Interrupted, sqlite.Advance(query), "a query stopped by its callback");
        report.Check(token.IsCancellationRequested, "the query ended before its token fired");
        sqlite.SetProgressHandler(database, 0, null);
        report.Equal(Sqlite.Interrupted, sqlite.Finish(query), "sqlite3_finalize of the stopped query");
        report.Equal(3, sqlite.Query(database, "select 1 + 2"), "a query afterwards");
        report.Equal(Sqlite.Ok, sqlite.Close(database), "sqlite3_close");
    }

    // A trap leaves the database as it stands; it must not be touched again. Others are not affected.
    private static void ByTrapInCallback(LibraryReport report, Sqlite sqlite)
    {
        int calls = 0;
        using HostFunction trap = HostFunction.Create(s_callback, (ref call) =>
            ++calls == CallbacksBeforeTrap ? call.Trap(TrapCode.HostInterrupt) : Number(0));
        nint database = sqlite.Open();
        sqlite.SetProgressHandler(database, StepsPerCallback, trap);
        Trap? ended = Advance(sqlite, sqlite.Prepare(database, Endless), GuestCodePolicy.GuestStack, CancellationToken.None);
        report.Check(ended is { Kind: TrapKind.Library, Code: TrapCode.HostInterrupt }, $"a trap in the callback ended the query in: {ended?.Message ?? "no trap"}");
        report.Equal(CallbacksBeforeTrap, calls, "callbacks");
        report.Check(ended?.Frames.Any(frame => frame.CodeName == "sqlite3") ?? false, "the back-trace shows no frame of sqlite3");
        StillWorks(report, sqlite);
    }

    // Only sqlite3's own code is announced, so that the interrupt cannot land while the C library holds a lock.
    private static void ByToken(LibraryReport report, Sqlite sqlite)
    {
        using CancellationTokenSource source = new(s_delay);
        nint query = sqlite.Prepare(sqlite.Open(), Endless);
        Trap? ended = Advance(sqlite, query, GuestCodePolicy.RegisteredCode, source.Token);
        report.Check(ended is { Kind: TrapKind.Interrupted }, $"a token ended the query in: {ended?.Message ?? "no trap"}");
        StillWorks(report, sqlite);
    }

    private static void StillWorks(LibraryReport report, Sqlite sqlite)
    {
        nint database = sqlite.Open();
        report.Equal(5050, sqlite.Query(database, "with recursive c(x) as (select 1 union all select x + 1 from c limit 100) select sum(x) from c"), "a query elsewhere");
        report.Equal(Sqlite.Ok, sqlite.Close(database), "sqlite3_close");
    }

    private static Trap? Advance(Sqlite sqlite, nint statement, GuestCodePolicy policy, CancellationToken token) =>
        sqlite.Step.Invoke([Pointer(statement)], out _, new VMConfig { CodePolicy = policy }, token).Trap;
}
