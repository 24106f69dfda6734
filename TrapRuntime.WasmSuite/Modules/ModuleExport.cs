namespace TrapRuntime.WasmSuite.Modules;

/// <summary>Something a module offers.</summary>
internal sealed record ModuleExport(string Name, ExternType Type);
