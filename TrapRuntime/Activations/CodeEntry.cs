using System.Runtime.InteropServices;

namespace TrapRuntime.Activations;

/// <summary>An entry of a <see cref="CodeTable"/>, ordered by <see cref="Start"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CodeEntry
{
    /// <summary>The lowest address the entry covers.</summary>
    internal nuint Start;

    /// <summary>Lower level: one past the highest address of the range. Upper level: the address of the lower <see cref="CodeTable"/>.</summary>
    internal nuint EndOrTable;
}
