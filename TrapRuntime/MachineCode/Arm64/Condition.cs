namespace TrapRuntime.MachineCode.Arm64;

/// <summary>
/// A test of the flags, valued as conditional instructions encode it. Below and above compare unsigned numbers,
/// less and greater signed ones.
/// </summary>
internal enum Condition : byte
{
    Equal = 0b0000,
    NotEqual = 0b0001,
    AboveOrEqual = 0b0010,
    Below = 0b0011,
    Sign = 0b0100,
    NoSign = 0b0101,
    Overflow = 0b0110,
    NoOverflow = 0b0111,
    Above = 0b1000,
    BelowOrEqual = 0b1001,
    GreaterOrEqual = 0b1010,
    Less = 0b1011,
    Greater = 0b1100,
    LessOrEqual = 0b1101,
}
