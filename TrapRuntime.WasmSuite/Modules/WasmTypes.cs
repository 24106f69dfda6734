namespace TrapRuntime.WasmSuite.Modules;

/// <summary>What the value types are called elsewhere.</summary>
internal static class WasmTypes
{
    /// <summary>Tells whether a guest call can pass the type in a register of its own.</summary>
    internal static bool IsNumber(this WasmType type) => type is WasmType.I32 or WasmType.I64 or WasmType.F32 or WasmType.F64;

    /// <summary>Gives the kind of guest value for a number.</summary>
    internal static GuestValueKind Kind(this WasmType type) => type switch
    {
        WasmType.I32 => GuestValueKind.Int32,
        WasmType.I64 => GuestValueKind.Int64,
        WasmType.F32 => GuestValueKind.Float32,
        WasmType.F64 => GuestValueKind.Float64,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Only numbers are guest values."),
    };

    /// <summary>Gives wasm2c's C type.</summary>
    internal static string CType(this WasmType type) => type switch
    {
        WasmType.I32 => "u32",
        WasmType.I64 => "u64",
        WasmType.F32 => "f32",
        WasmType.F64 => "f64",
        WasmType.FuncRef => "wasm_rt_funcref_t",
        WasmType.ExternRef => "wasm_rt_externref_t",
        _ => throw new NotSupportedException($"wasm2c has no C type for {type}"),
    };

    /// <summary>Gives the letter that wasm2c names structures of several results by.</summary>
    internal static char Letter(this WasmType type) => type switch
    {
        WasmType.I32 => 'i',
        WasmType.I64 => 'j',
        WasmType.F32 => 'f',
        WasmType.F64 => 'd',
        WasmType.FuncRef => 'r',
        WasmType.ExternRef => 'e',
        _ => throw new NotSupportedException($"wasm2c has no letter for {type}"),
    };
}
