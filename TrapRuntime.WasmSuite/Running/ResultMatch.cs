using TrapRuntime.WasmSuite.Modules;
using TrapRuntime.WasmSuite.Wast;

namespace TrapRuntime.WasmSuite.Running;

/// <summary>Compares results with what a script expects.</summary>
internal static class ResultMatch
{
    private const ulong Sign32 = 0x8000_0000;
    private const ulong Quiet32 = 0x7FC0_0000; // exponent and quiet bit
    private const ulong Sign64 = 0x8000_0000_0000_0000;
    private const ulong Quiet64 = 0x7FF8_0000_0000_0000;

    /// <summary>Tells whether all results are as expected.</summary>
    internal static bool All(IReadOnlyList<ScriptValue> expected, IReadOnlyList<WasmValue> given) =>
        expected.Count == given.Count && expected.Zip(given).All(pair => One(pair.First, pair.Second));

    private static bool One(ScriptValue expected, WasmValue given)
    {
        (ulong sign, ulong quiet) = given.Type is WasmType.F32 ? (Sign32, Quiet32) : (Sign64, Quiet64);
        return expected.Type == given.Type && expected.Pattern switch
        {
            ValuePattern.Exact => given.Bits == expected.Bits,
            ValuePattern.CanonicalNaN => (given.Bits & ~sign) == quiet,
            ValuePattern.ArithmeticNaN => (given.Bits & quiet) == quiet,
            _ => given.Bits != 0,
        };
    }
}
