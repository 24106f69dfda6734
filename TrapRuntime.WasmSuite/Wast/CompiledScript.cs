using TrapRuntime.WasmSuite.Tools;

namespace TrapRuntime.WasmSuite.Wast;

/// <summary>What <c>wast2json</c> made of a script.</summary>
/// <param name="JsonPath">The commands; the files they name lie beside it. Null when nothing could be made of the script.</param>
/// <param name="Features">The proposals it was read with.</param>
/// <param name="Skipped">The forms that were left out.</param>
internal sealed record CompiledScript(string? JsonPath, WabtFeatures Features, IReadOnlyList<SkippedForm> Skipped);
