using TrapRuntime.WasmSuite.Modules;

namespace TrapRuntime.WasmSuite.Instances;

/// <summary>Finds what a module imports.</summary>
internal static class Linker
{
    /// <summary>Finds every import and checks its type.</summary>
    /// <exception cref="LinkException">One is missing or of another type.</exception>
    internal static Dictionary<(string Module, string Field), WasmExtern> Resolve(ModuleOutline outline, IReadOnlyDictionary<string, IExporter> registered)
    {
        Dictionary<(string Module, string Field), WasmExtern> found = [];
        foreach (ModuleImport import in outline.Imports)
        {
            if (!registered.TryGetValue(import.Module, out IExporter? exporter) || exporter.Find(import.Field) is not { } export)
            {
                throw new LinkException($"unknown import \"{import.Module}\" \"{import.Field}\"");
            }

            if (!export.CurrentType.Satisfies(import.Type))
            {
                throw new LinkException($"incompatible import type of \"{import.Module}\" \"{import.Field}\"");
            }

            found[(import.Module, import.Field)] = export;
        }

        return found;
    }
}
