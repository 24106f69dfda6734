namespace TrapRuntime.Traps.X64;

/// <summary>Reads <c>ud1 r32, r32</c>: <c>[REX] 0F B9 ModRM</c>, whose ModRM byte (register form) carries the code.</summary>
internal static class TrapInstructionX64
{
    private const byte RexMask = 0xF0;
    private const byte RexBits = 0x40;
    private const byte Escape = 0x0F;
    private const byte Ud1 = 0xB9;

    // 0F B9 and the ModRM byte.
    private const int Length = 3;

    /// <inheritdoc cref="TrapInstruction.Decode"/>
    internal static TrapCode Decode(ReadOnlySpan<byte> instruction)
    {
        if (!instruction.IsEmpty && (instruction[0] & RexMask) == RexBits)
        {
            instruction = instruction[1..];
        }

        return instruction.Length >= Length && instruction[0] == Escape && instruction[1] == Ud1
            ? TrapInstruction.FromByte(instruction[2])
            : TrapCode.None;
    }
}
