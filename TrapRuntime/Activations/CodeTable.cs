using System.Runtime.InteropServices;

namespace TrapRuntime.Activations;

/// <summary>
/// One sorted level of the registry of code ranges: a count, then as many <see cref="CodeEntry"/> records.
/// The upper level's entries lead to lower levels, a lower level's entries are ranges; both are searched alike,
/// by the gate's machine code and by <c>CodeSearch</c>.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CodeTable
{
    /// <summary>The number of entries that follow, at least 1 in a published level.</summary>
    internal nint Count;

    /// <summary>Keeps the entries 16-byte aligned.</summary>
    internal nint Reserved;

    /// <summary>The first entry; the others follow it.</summary>
    internal CodeEntry FirstEntry;
}
