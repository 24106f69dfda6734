namespace TrapRuntime.WasmSuite.Instances;

/// <summary><c>wasm_rt_funcref_table_t</c> and <c>wasm_rt_externref_table_t</c>.</summary>
internal struct TableRecord
{
    internal nint Data;
    internal uint MaximumSize;
    internal uint Size;
}
