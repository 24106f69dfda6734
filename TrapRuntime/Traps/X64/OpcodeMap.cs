namespace TrapRuntime.Traps.X64;

/// <summary>The opcode tables; the numbers are those of the VEX map field.</summary>
internal enum OpcodeMap
{
    /// <summary>No escape byte.</summary>
    OneByte = 0,

    /// <summary>0F.</summary>
    TwoByte = 1,

    /// <summary>0F 38.</summary>
    ThreeByte38 = 2,

    /// <summary>0F 3A.</summary>
    ThreeByte3A = 3,
}
