using System.Buffers.Binary;

namespace TrapRuntime.MachineCode.X64;

/// <summary>
/// Writes the x86_64 instructions that thunks are made of, one method per instruction form. Each method's summary is the
/// form in the notation of the Intel manual. A name without a width means 64 bits; 32-bit forms clear the upper half of
/// their target register. What has no encoding is refused with an <see cref="ArgumentException"/> before a byte is written.
/// </summary>
internal sealed partial class X64Emitter : CodeEmitter
{
    /// <summary><c>nop</c>, one byte.</summary>
    private protected override void WriteFiller() => CpuNop();

    /// <summary>
    /// Fills a rel32 field, which counts from the end of itself. It always reaches: an emitter holds less than 2 GiB.
    /// </summary>
    private protected override void Resolve(Span<byte> field, int distance) =>
        BinaryPrimitives.WriteInt32LittleEndian(field, distance - sizeof(int));
}
