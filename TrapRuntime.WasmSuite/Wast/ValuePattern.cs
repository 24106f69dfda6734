namespace TrapRuntime.WasmSuite.Wast;

/// <summary>How an expected value is compared.</summary>
internal enum ValuePattern
{
    /// <summary>Bit for bit.</summary>
    Exact,

    /// <summary>A NaN whose payload is the quiet bit alone.</summary>
    CanonicalNaN,

    /// <summary>A NaN with the quiet bit.</summary>
    ArithmeticNaN,

    /// <summary>A reference that is not null.</summary>
    AnyReference,
}
