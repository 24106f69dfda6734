namespace TrapRuntime.WasmSuite.Modules;

/// <summary>What an import asks for, or an export offers.</summary>
internal sealed record ExternType(ExternKind Kind)
{
    /// <summary>Gets a function's type.</summary>
    internal FunctionType? Function { get; init; }

    /// <summary>Gets the type of a table's elements or of a global.</summary>
    internal WasmType Value { get; init; }

    /// <summary>Gets a value indicating whether a global can be written.</summary>
    internal bool IsMutable { get; init; }

    /// <summary>Gets the limits of a table or a memory.</summary>
    internal Limits Limits { get; init; }

    /// <summary>Gets a value indicating whether references to functions can travel through it.</summary>
    internal bool CarriesReferences => Kind switch
    {
        ExternKind.Function => Function!.Parameters.Concat(Function.Results).Any(type => !type.IsNumber()),
        ExternKind.Memory => false,
        _ => !Value.IsNumber(),
    };

    /// <summary>Tells whether something of this type can stand where another is asked for.</summary>
    internal bool Satisfies(ExternType wanted) => Kind == wanted.Kind && Kind switch
    {
        ExternKind.Function => Function!.Equals(wanted.Function),
        ExternKind.Global => Value == wanted.Value && IsMutable == wanted.IsMutable,
        ExternKind.Table => Value == wanted.Value && Limits.Satisfies(wanted.Limits),
        _ => Limits.Satisfies(wanted.Limits),
    };
}
