namespace TrapRuntime.Traps;

/// <summary>What is known about the divisor of a failed division.</summary>
internal enum Divisor
{
    /// <summary>It could not be read.</summary>
    Unknown = 0,

    /// <summary>It is zero.</summary>
    Zero,

    /// <summary>It is not zero, so the quotient did not fit.</summary>
    NonZero,
}
