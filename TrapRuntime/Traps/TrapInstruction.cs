using System.Runtime.InteropServices;
using TrapRuntime.Traps.Arm64;
using TrapRuntime.Traps.X64;

namespace TrapRuntime.Traps;

/// <summary>A trap code that a code generator put into an illegal instruction.</summary>
/// <remarks>
/// The byte is the magic number in the high half and the payload in the low half, as Wasmer's code generators write it: bits 4 and 5
/// are zero. Wasmer's reader ignores these two bits; here a byte that has them is somebody else's, because a trap code is never
/// made up. Wasmer: <c>MAGIC</c>, <c>process_illegal_op</c>.
/// </remarks>
internal static class TrapInstruction
{
    /// <summary>The high half of the byte.</summary>
    internal const byte Magic = 0xC0;

    /// <summary>The highest payload: <see cref="TrapCode.UnalignedAtomic"/>.</summary>
    internal const int MaxPayload = 10;

    private const byte MagicMask = 0xF0;
    private const byte PayloadMask = 0x0F;

    /// <summary>Reads the code out of an illegal instruction of the running processor.</summary>
    /// <param name="instruction">The bytes at the program counter, no further than the code reaches.</param>
    /// <returns>The code, or <see cref="TrapCode.None"/> when the instruction carries none.</returns>
    internal static TrapCode Decode(ReadOnlySpan<byte> instruction) =>
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? TrapInstructionArm64.Decode(instruction)
        : TrapInstructionX64.Decode(instruction);

    /// <summary>Gives the code that a byte of an illegal instruction stands for.</summary>
    internal static TrapCode FromByte(byte value)
    {
        int payload = value & PayloadMask;
        return (value & MagicMask) == Magic && payload <= MaxPayload ? (TrapCode)(payload + 1) : TrapCode.None;
    }
}
