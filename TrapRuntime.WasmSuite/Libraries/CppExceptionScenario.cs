using TrapRuntime.WasmSuite.Tools;
using static TrapRuntime.WasmSuite.Libraries.CTypes;
using static TrapRuntime.WasmSuite.Libraries.GuestCalls;

namespace TrapRuntime.WasmSuite.Libraries;

/// <summary>C++ exceptions stay inside the library: thrown and caught on the guest stack.</summary>
internal sealed class CppExceptionScenario : ILibraryScenario
{
    private const int Depth = 1000;
    private const int Repeats = 200;

    /// <inheritdoc/>
    public string Name => "C++ exceptions";

    /// <inheritdoc/>
    public void Run(LibraryReport report, string folder)
    {
        GuestLibrary library = new(Build(folder));
        GuestFunction throwAndCatch = library.Find("throw_and_catch", Int, Int);
        report.Equal(1, throwAndCatch.Call(Number(0)).AsInt32(), "objects destroyed at once");
        report.Equal(Depth + 1, throwAndCatch.Call(Number(Depth)).AsInt32(), "objects destroyed on the way up");
        int right = Enumerable.Range(0, Repeats).Count(depth => throwAndCatch.Call(Number(depth)).AsInt32() == depth + 1);
        report.Equal(Repeats, right, "exceptions caught");

        // A host function in a catch block, which throws one itself: the guest's exception is given up with its stack.
        GuestFunction again = library.Find("catch_and_throw_again", Int, Int, Long);
        using HostFunction echo = HostFunction.Create(GuestSignature.Create([Int], Int), (ref call) => Number(call.Arguments[0].AsInt32()));
        report.Equal(8, again.Call(Number(7), Pointer(echo.Address)).AsInt32(), "rethrown");
        using HostFunction refuse = HostFunction.Create(GuestSignature.Create([Int], Int), (ref _) => throw new TimeoutException("no"));
        Exception? caught = null;
        try
        {
            _ = again.Call(Number(7), Pointer(refuse.Address));
        }
        catch (TimeoutException error)
        {
            caught = error;
        }

        report.Check(caught is TimeoutException, "the host's exception did not cross a catch block");
        report.Equal(Depth + 1, throwAndCatch.Call(Number(Depth)).AsInt32(), "objects destroyed afterwards");
    }

    private static string Build(string folder)
    {
        string source = Path.Combine(folder, "exceptions.cpp");
        string library = Path.Combine(folder, $"exceptions.{Environment.ProcessId}.so");
        Directory.CreateDirectory(folder);
        File.WriteAllText(source, Resource.Read("exceptions.cpp"));
        ToolResult result = Tool.Run("g++", "-O1", "-shared", "-fPIC", "-o", library, source);
        return result.Succeeded ? library : throw new InvalidOperationException($"g++: {result.FirstComplaint}");
    }
}
