using System.Diagnostics.CodeAnalysis;

namespace TrapRuntime;

/// <summary>The kinds of values that cross between host and guest: WebAssembly's four number types, and C's.</summary>
[SuppressMessage("Design", "CA1028", Justification = "One byte, so that a value and its kind fit 16 bytes.")]
[SuppressMessage("Naming", "CA1720", Justification = "The names say what the values are.")]
public enum GuestValueKind : byte
{
    /// <summary>A 32-bit integer.</summary>
    Int32,

    /// <summary>A 64-bit integer, or an address.</summary>
    Int64,

    /// <summary>A single-precision number.</summary>
    Float32,

    /// <summary>A double-precision number.</summary>
    Float64,
}
