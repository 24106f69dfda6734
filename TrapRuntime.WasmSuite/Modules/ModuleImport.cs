namespace TrapRuntime.WasmSuite.Modules;

/// <summary>Something a module asks for.</summary>
internal sealed record ModuleImport(string Module, string Field, ExternType Type);
