using TrapRuntime.WasmSuite.Modules;

namespace TrapRuntime.WasmSuite.Wast;

/// <summary>A value as a script writes it: an argument, or what a result must be.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Pattern">What is to be compared.</param>
/// <param name="Bits">The bits; for references 0 is null, and an external one has its number plus 1.</param>
internal sealed record ScriptValue(WasmType Type, ValuePattern Pattern, ulong Bits)
{
    /// <inheritdoc/>
    public override string ToString() => Pattern switch
    {
        ValuePattern.Exact => new WasmValue(Type, Bits).ToString(),
        _ => $"{Type.ToString().ToLowerInvariant()} {Pattern}",
    };
}
