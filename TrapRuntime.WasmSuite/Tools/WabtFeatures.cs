namespace TrapRuntime.WasmSuite.Tools;

/// <summary>Which proposals the WebAssembly tools are asked to know.</summary>
internal sealed class WabtFeatures
{
    private WabtFeatures(params string[] flags) => Flags = flags;

    /// <summary>Gets what version 1.0.32 knows without being asked: multi-value, bulk memory, reference types, SIMD and older ones.</summary>
    internal static WabtFeatures Standard { get; } = new();

    /// <summary>
    /// Gets the proposals that version 1.0.32 can compile on request, and tail calls, so that only the modules with tail calls are refused.
    /// 64-bit memories are not among them: their addresses reach past any guard.
    /// </summary>
    internal static WabtFeatures Extended { get; } = new("--enable-extended-const", "--enable-multi-memory", "--enable-tail-call");

    /// <summary>Gets the command line arguments, the same for each tool.</summary>
    internal IReadOnlyList<string> Flags { get; }
}
