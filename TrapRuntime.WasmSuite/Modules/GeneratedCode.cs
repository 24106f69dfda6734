using System.Text;

namespace TrapRuntime.WasmSuite.Modules;

/// <summary>What has to be said differently in the C text that wasm2c 1.0.32 writes.</summary>
internal static class GeneratedCode
{
    private const string CommentEnd = "*/";

    private static readonly (string Old, string New)[] s_corrections =
    [
        // The message of an indirect call that fails depends on why; the generated code says only that it does.
        ("TRAP(CALL_INDIRECT),", "SUITE_TRAP_INDIRECT(table, x),"),

        // The specification wants element segments before data segments, which shows when one of them does not fit.
        ("  init_memories(instance);\n  init_tables(instance);\n", "  init_tables(instance);\n  init_memories(instance);\n"),
    ];

    /// <summary>Corrects a text.</summary>
    /// <param name="text">What wasm2c wrote.</param>
    /// <param name="outline">The module's imports and exports, whose names stand in comments.</param>
    internal static string Correct(string text, ModuleOutline outline)
    {
        StringBuilder corrected = new(text);
        foreach ((string old, string replacement) in s_corrections)
        {
            corrected.Replace(old, replacement);
        }

        foreach (ModuleExport export in outline.Exports.Where(export => export.Name.Contains(CommentEnd, StringComparison.Ordinal)))
        {
            corrected.Replace($"/* export: '{export.Name}' */", string.Empty);
        }

        foreach (ModuleImport import in outline.Imports.Where(import => (import.Module + import.Field).Contains(CommentEnd, StringComparison.Ordinal)))
        {
            corrected.Replace($"/* import: '{import.Module}' '{import.Field}' */", string.Empty);
        }

        return corrected.ToString();
    }
}
