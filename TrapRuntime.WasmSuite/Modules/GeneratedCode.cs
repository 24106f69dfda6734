namespace TrapRuntime.WasmSuite.Modules;

/// <summary>What has to be said differently in the C text that wasm2c 1.0.32 writes.</summary>
internal static class GeneratedCode
{
    private static readonly (string Old, string New)[] s_corrections =
    [
        // The message of an indirect call that fails depends on why; the generated code says only that it does.
        ("TRAP(CALL_INDIRECT),", "SUITE_TRAP_INDIRECT(table, x),"),

        // The specification wants element segments before data segments, which shows when one of them does not fit.
        ("  init_memories(instance);\n  init_tables(instance);\n", "  init_tables(instance);\n  init_memories(instance);\n"),
    ];

    /// <summary>Corrects a text.</summary>
    internal static string Correct(string text) =>
        s_corrections.Aggregate(text, (corrected, correction) => corrected.Replace(correction.Old, correction.New, StringComparison.Ordinal));
}
