namespace TrapRuntime.WasmSuite.Modules;

/// <summary>What can be imported and exported, numbered as in a module's binary.</summary>
internal enum ExternKind : byte
{
    /// <summary>A function.</summary>
    Function,

    /// <summary>A table.</summary>
    Table,

    /// <summary>A linear memory.</summary>
    Memory,

    /// <summary>A global.</summary>
    Global,
}
