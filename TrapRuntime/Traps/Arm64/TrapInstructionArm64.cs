using System.Buffers.Binary;

namespace TrapRuntime.Traps.Arm64;

/// <summary>Reads <c>udf #imm16</c>, whose immediate is the code's byte.</summary>
internal static class TrapInstructionArm64
{
    /// <inheritdoc cref="TrapInstruction.Decode"/>
    internal static TrapCode Decode(ReadOnlySpan<byte> instruction)
    {
        // The high half of UDF is zero, and so is the high half of the immediate in what the generators write.
        return BinaryPrimitives.TryReadUInt32LittleEndian(instruction, out uint word) && word <= byte.MaxValue
            ? TrapInstruction.FromByte((byte)word)
            : TrapCode.None;
    }
}
