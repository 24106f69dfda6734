using System.Runtime.InteropServices;
using static TrapRuntime.WasmSuite.Libraries.CTypes;
using static TrapRuntime.WasmSuite.Libraries.GuestCalls;

namespace TrapRuntime.WasmSuite.Libraries;

/// <summary>The functions of sqlite3 that the scenarios use, each call a guest call.</summary>
internal sealed unsafe class Sqlite
{
    internal const int Ok = 0;
    internal const int Interrupted = 9;
    internal const int Row = 100;
    internal const int Done = 101;
    private const int ConfigSingleThread = 1;
    private const int Utf8 = 1;

    private readonly GuestLibrary _library = new("libsqlite3.so.0");
    private readonly GuestFunction _open;
    private readonly GuestFunction _close;
    private readonly GuestFunction _prepare;
    private readonly GuestFunction _bindInt64;
    private readonly GuestFunction _reset;
    private readonly GuestFunction _finalize;
    private readonly GuestFunction _columnInt64;
    private readonly GuestFunction _createFunction;
    private readonly GuestFunction _valueInt64;
    private readonly GuestFunction _resultInt64;
    private readonly GuestFunction _progressHandler;

    internal Sqlite()
    {
        _open = _library.Find("sqlite3_open", Int, Long, Long);
        _close = _library.Find("sqlite3_close", Int, Long);
        _prepare = _library.Find("sqlite3_prepare_v2", Int, Long, Long, Int, Long, Long);
        _bindInt64 = _library.Find("sqlite3_bind_int64", Int, Long, Int, Long);
        _reset = _library.Find("sqlite3_reset", Int, Long);
        _finalize = _library.Find("sqlite3_finalize", Int, Long);
        _columnInt64 = _library.Find("sqlite3_column_int64", Long, Long, Int);
        _createFunction = _library.Find("sqlite3_create_function_v2", Int, Long, Long, Int, Int, Long, Long, Long, Long, Long);
        _valueInt64 = _library.Find("sqlite3_value_int64", Long, Long);
        _resultInt64 = _library.Find("sqlite3_result_int64", null, Long, Long);
        _progressHandler = _library.Find("sqlite3_progress_handler", null, Long, Int, Long, Long);
        Step = _library.Find("sqlite3_step", Int, Long);

        // A guest that is stopped anywhere keeps the locks it holds, so it had better hold none. Too late once sqlite3 is in use.
        _ = _library.Find("sqlite3_config", Int, Int).Call(Number(ConfigSingleThread));
    }

    /// <summary>Gets <c>sqlite3_step</c>, for calls that may trap.</summary>
    internal GuestFunction Step { get; }

    /// <summary>Announces sqlite3's code.</summary>
    internal GuestCode Register() => _library.Register("sqlite3_open", "sqlite3");

    /// <summary>Opens a database in memory.</summary>
    internal nint Open()
    {
        nint database = 0;
        using NativeText name = new(":memory:");
        Require(_open.Call(Pointer(name.Address), Pointer(&database)), "sqlite3_open");
        return database;
    }

    /// <summary>Closes a database.</summary>
    internal int Close(nint database) => _close.Call(Pointer(database)).AsInt32();

    /// <summary>Compiles a statement.</summary>
    internal nint Prepare(nint database, string sql)
    {
        nint statement = 0;
        using NativeText text = new(sql);
        Require(_prepare.Call(Pointer(database), Pointer(text.Address), Number(-1), Pointer(&statement), Pointer(0)), sql);
        return statement;
    }

    /// <summary>Runs a statement that has no result.</summary>
    internal void Execute(nint database, string sql)
    {
        nint statement = Prepare(database, sql);
        _ = Advance(statement);
        _ = Finish(statement);
    }

    /// <summary>Runs a query and gives the first value of its first row.</summary>
    internal long Query(nint database, string sql)
    {
        nint statement = Prepare(database, sql);
        _ = Advance(statement);
        long value = _columnInt64.Call(Pointer(statement), Number(0)).AsInt64();
        _ = Finish(statement);
        return value;
    }

    /// <summary>Takes a statement one step on.</summary>
    internal int Advance(nint statement) => Step.Call(Pointer(statement)).AsInt32();

    /// <summary>Takes a statement back to its beginning.</summary>
    internal int Reset(nint statement) => _reset.Call(Pointer(statement)).AsInt32();

    /// <summary>Frees a statement.</summary>
    internal int Finish(nint statement) => _finalize.Call(Pointer(statement)).AsInt32();

    /// <summary>Gives a parameter, counted from 1, its value.</summary>
    internal int Bind(nint statement, int index, long value) => _bindInt64.Call(Pointer(statement), Number(index), GuestValue.FromInt64(value)).AsInt32();

    /// <summary>Makes a host function callable from SQL. It gets <c>(context, count, values)</c>.</summary>
    internal void AddFunction(nint database, string name, int arguments, HostFunction function)
    {
        using NativeText text = new(name);
        GuestValue none = Pointer(0);
        Require(
            _createFunction.Call(Pointer(database), Pointer(text.Address), Number(arguments), Number(Utf8), none, Pointer(function.Address), none, none, none),
            name);
    }

    /// <summary>Reads an argument inside such a function: a guest in a host in a guest.</summary>
    internal long ArgumentOf(ref HostCallContext call, int index) =>
        _valueInt64.Call(Pointer(((nint*)call.Arguments[2].AsInt64())[index])).AsInt64();

    /// <summary>Sets the result inside such a function.</summary>
    internal void SetResult(ref HostCallContext call, long value) => _resultInt64.Call(call.Arguments[0], GuestValue.FromInt64(value));

    /// <summary>Has a function called after every so many steps of sqlite3's machine; it stops the query by returning another number than 0.</summary>
    internal void SetProgressHandler(nint database, int steps, HostFunction? function) =>
        _progressHandler.Call(Pointer(database), Number(steps), Pointer(function?.Address ?? 0), Pointer(0));

    private static void Require(GuestValue status, string what)
    {
        if (status.AsInt32() != Ok)
        {
            throw new InvalidOperationException($"sqlite3 says {status} to: {what}");
        }
    }

    /// <summary>A text for C.</summary>
    private readonly struct NativeText(string text) : IDisposable
    {
        internal nint Address { get; } = Marshal.StringToCoTaskMemUTF8(text);

        public void Dispose() => Marshal.FreeCoTaskMem(Address);
    }
}
