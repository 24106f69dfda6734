namespace TrapRuntime.WasmSuite.Modules;

/// <summary>How small and how large a table (in elements) or a memory (in pages) may be.</summary>
internal readonly record struct Limits(uint Minimum, uint? Maximum)
{
    /// <summary>Tells whether something of these limits can stand where others are asked for.</summary>
    internal bool Satisfies(Limits wanted) =>
        Minimum >= wanted.Minimum && (wanted.Maximum is null || (Maximum is { } maximum && maximum <= wanted.Maximum));
}
