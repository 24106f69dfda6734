namespace TrapRuntime.Traps.X64;

/// <summary>Recognises prefix bytes (Intel SDM volume 2, 2.1.1 and 2.2.1).</summary>
internal static class InstructionPrefix
{
    private const byte RexMask = 0xF0;
    private const byte RexBits = 0x40;

    /// <summary>Tells whether a byte is a REX prefix.</summary>
    internal static bool IsRex(byte value) => (value & RexMask) == RexBits;

    /// <summary>Tells whether a byte is a legacy prefix, and what it means.</summary>
    internal static bool TryRead(byte value, out InstructionPrefixes prefix)
    {
        prefix = value switch
        {
            0x66 => InstructionPrefixes.OperandSize,
            0x67 => InstructionPrefixes.AddressSize,
            0x64 or 0x65 => InstructionPrefixes.ThreadSegment,
            0xF0 => InstructionPrefixes.Lock,
            _ => InstructionPrefixes.None,
        };

        // The repeat prefixes and the segments without a base of their own: present, and without meaning here.
        return prefix != InstructionPrefixes.None || value is 0xF2 or 0xF3 or 0x2E or 0x36 or 0x3E or 0x26;
    }
}
