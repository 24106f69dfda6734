using TrapRuntime.WasmSuite.Modules;

namespace TrapRuntime.WasmSuite.Instances;

/// <summary>Something that an instance exports.</summary>
/// <param name="Type">Its type, as declared; see <see cref="CurrentType"/>.</param>
/// <param name="Target">A function's address, or that of a table's, a memory's or a global's record.</param>
/// <param name="Instance">What a function wants as its first argument.</param>
internal sealed record WasmExtern(ExternType Type, nint Target, nint Instance)
{
    /// <summary>Gets the type as of now: tables and memories may have grown.</summary>
    internal unsafe ExternType CurrentType => Type.Kind switch
    {
        ExternKind.Memory => Type with { Limits = Type.Limits with { Minimum = ((MemoryRecord*)Target)->Pages } },
        ExternKind.Table => Type with { Limits = Type.Limits with { Minimum = ((TableRecord*)Target)->Size } },
        _ => Type,
    };
}
