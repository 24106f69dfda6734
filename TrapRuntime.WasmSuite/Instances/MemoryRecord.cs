namespace TrapRuntime.WasmSuite.Instances;

/// <summary><c>wasm_rt_memory_t</c>.</summary>
internal struct MemoryRecord
{
    internal nint Data;
    internal uint Pages;
    internal uint MaximumPages;
    internal uint Size;
}
