namespace TrapRuntime.WasmSuite.Instances;

/// <summary>Something that modules can import from.</summary>
internal interface IExporter
{
    /// <summary>Finds an export.</summary>
    WasmExtern? Find(string field);
}
