namespace TrapRuntime.WasmSuite.Wast;

/// <summary>A call of an exported function or a look at an exported global.</summary>
/// <param name="IsGet">True for a look at a global.</param>
/// <param name="Module">The module's identifier, or null for the one defined last.</param>
/// <param name="Field">The export.</param>
/// <param name="Arguments">The arguments of a call.</param>
internal sealed record ScriptAction(bool IsGet, string? Module, string Field, IReadOnlyList<ScriptValue> Arguments);
