namespace TrapRuntime.WasmSuite.Libraries;

/// <summary>The types of C as signatures name them.</summary>
internal static class CTypes
{
    /// <summary>An <c>int</c>.</summary>
    internal const GuestValueKind Int = GuestValueKind.Int32;

    /// <summary>A <c>long</c>, a <c>size_t</c>, a pointer.</summary>
    internal const GuestValueKind Long = GuestValueKind.Int64;
}
