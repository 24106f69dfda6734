using TrapRuntime.WasmSuite.Modules;

namespace TrapRuntime.WasmSuite.Instances;

/// <summary>How a call of a guest ended: in a trap, or with results.</summary>
internal readonly record struct CallOutcome(Trap? Trap, IReadOnlyList<WasmValue> Results);
