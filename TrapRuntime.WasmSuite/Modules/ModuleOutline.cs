namespace TrapRuntime.WasmSuite.Modules;

/// <summary>What a module asks for and offers.</summary>
internal sealed record ModuleOutline(IReadOnlyList<ModuleImport> Imports, IReadOnlyList<ModuleExport> Exports)
{
    /// <summary>Gets a value indicating whether others may hold references to the module's functions once it is instantiated.</summary>
    internal bool LeavesReferences => Imports.Any(import => import.Type.CarriesReferences);
}
