namespace TrapRuntime.WasmSuite.Instances;

/// <summary><c>struct suite_import</c>: a function and the instance it belongs to, or an object.</summary>
internal struct ImportEntry
{
    internal nint Target;
    internal nint Instance;
}
