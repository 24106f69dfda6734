using System.Globalization;

namespace TrapRuntime.WasmSuite.Modules;

/// <summary>A value that a guest gave: bits, 0 above the type's width; a reference is 0 for null.</summary>
internal readonly record struct WasmValue(WasmType Type, ulong Bits)
{
    /// <inheritdoc/>
    public override string ToString() => Type switch
    {
        WasmType.I32 => string.Create(CultureInfo.InvariantCulture, $"i32 {(int)Bits}"),
        WasmType.I64 => string.Create(CultureInfo.InvariantCulture, $"i64 {(long)Bits}"),
        WasmType.F32 => string.Create(CultureInfo.InvariantCulture, $"f32 {BitConverter.UInt32BitsToSingle((uint)Bits)} (0x{Bits:x8})"),
        WasmType.F64 => string.Create(CultureInfo.InvariantCulture, $"f64 {BitConverter.UInt64BitsToDouble(Bits)} (0x{Bits:x16})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Type} 0x{Bits:x}"),
    };
}
