namespace TrapRuntime.MachineCode.X64;

/// <summary>
/// A test of the flags, valued as conditional instructions encode it. Below and above compare unsigned numbers,
/// less and greater signed ones.
/// </summary>
internal enum Condition : byte
{
    Overflow = 0x0,
    NoOverflow = 0x1,
    Below = 0x2,
    AboveOrEqual = 0x3,
    Equal = 0x4,
    NotEqual = 0x5,
    BelowOrEqual = 0x6,
    Above = 0x7,
    Sign = 0x8,
    NoSign = 0x9,
    EvenParity = 0xA,
    OddParity = 0xB,
    Less = 0xC,
    GreaterOrEqual = 0xD,
    LessOrEqual = 0xE,
    Greater = 0xF,
}
