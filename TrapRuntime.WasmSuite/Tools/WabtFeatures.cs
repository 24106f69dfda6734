namespace TrapRuntime.WasmSuite.Tools;

/// <summary>Which proposals the WebAssembly tools are asked to know.</summary>
internal sealed class WabtFeatures
{
    private WabtFeatures(string[] compiled, params string[] onlyRead)
    {
        CompilerFlags = compiled;
        Flags = [.. compiled, .. onlyRead];
    }

    /// <summary>Gets what version 1.0.32 knows without being asked: multi-value, bulk memory, reference types, SIMD and older ones.</summary>
    internal static WabtFeatures Standard { get; } = new([]);

    /// <summary>
    /// Gets the proposals that version 1.0.32 can compile on request, and some that it can only read, so that a script loses no more than
    /// the modules that use them. 64-bit memories are not among them: their addresses reach past any guard.
    /// </summary>
    internal static WabtFeatures Extended { get; } = new(
        ["--enable-multi-memory"],
        "--enable-extended-const", "--enable-tail-call", "--enable-function-references", "--enable-exceptions", "--enable-threads");

    /// <summary>Gets the arguments of everything that reads.</summary>
    internal IReadOnlyList<string> Flags { get; }

    /// <summary>Gets the arguments of wasm2c, which refuses others.</summary>
    internal IReadOnlyList<string> CompilerFlags { get; }
}
