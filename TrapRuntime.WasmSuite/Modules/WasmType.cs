namespace TrapRuntime.WasmSuite.Modules;

/// <summary>The value types, numbered as in a module's binary.</summary>
internal enum WasmType : byte
{
    /// <summary>A 32-bit integer.</summary>
    I32 = 0x7F,

    /// <summary>A 64-bit integer.</summary>
    I64 = 0x7E,

    /// <summary>A single-precision number.</summary>
    F32 = 0x7D,

    /// <summary>A double-precision number.</summary>
    F64 = 0x7C,

    /// <summary>A vector, which wasm2c cannot compile.</summary>
    V128 = 0x7B,

    /// <summary>A reference to a function.</summary>
    FuncRef = 0x70,

    /// <summary>A reference to something of the host's.</summary>
    ExternRef = 0x6F,
}
