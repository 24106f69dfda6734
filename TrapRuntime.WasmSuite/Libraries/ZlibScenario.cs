using System.Runtime.InteropServices;
using static TrapRuntime.WasmSuite.Libraries.CTypes;
using static TrapRuntime.WasmSuite.Libraries.GuestCalls;

namespace TrapRuntime.WasmSuite.Libraries;

/// <summary>zlib compresses 64 MB and restores them; then it is given memory that faults.</summary>
internal sealed unsafe class ZlibScenario : ILibraryScenario
{
    private const int Bytes = 64 * 1024 * 1024;
    private const int FastestLevel = 1;
    private const int Ok = 0; // Z_OK
    private const int DataError = -3; // Z_DATA_ERROR
    private const int Guard = 1024 * 1024;
    private const int Seed = 8;
    private const int Period = 4096; // of the bytes that repeat: far inside zlib's window
    private const int NoiseEvery = 64; // one byte in so many is noise

    /// <inheritdoc/>
    public string Name => "zlib";

    /// <inheritdoc/>
    public void Run(LibraryReport report, string folder)
    {
        GuestLibrary zlib = new("libz.so.1");
        GuestFunction compress = zlib.Find("compress2", Int, Long, Long, Long, Long, Int);
        GuestFunction uncompress = zlib.Find("uncompress", Int, Long, Long, Long, Long);
        GuestFunction crc32 = zlib.Find("crc32", Long, Long, Long, Int);
        long bound = zlib.Find("compressBound", Long, Long).Call(GuestValue.FromInt64(Bytes)).AsInt64();

        byte* plain = (byte*)NativeMemory.Alloc(Bytes);
        byte* packed = (byte*)NativeMemory.Alloc((nuint)bound);
        byte* restored = (byte*)NativeMemory.Alloc(Bytes);
        try
        {
            Fill(new Span<byte>(plain, Bytes));
            long packedLength = bound;
            int status = compress.Call(Pointer(packed), Pointer(&packedLength), Pointer(plain), GuestValue.FromInt64(Bytes), Number(FastestLevel)).AsInt32();
            report.Equal(Ok, status, "compress2");
            report.Check(packedLength is > 0 and < Bytes / 2, $"64 MB became {packedLength} bytes");

            long restoredLength = Bytes;
            status = uncompress.Call(Pointer(restored), Pointer(&restoredLength), Pointer(packed), GuestValue.FromInt64(packedLength)).AsInt32();
            report.Equal(Ok, status, "uncompress");
            report.Equal(Bytes, restoredLength, "restored length");
            report.Check(new Span<byte>(plain, Bytes).SequenceEqual(new Span<byte>(restored, Bytes)), "the restored bytes differ");
            long sum = crc32.Call(GuestValue.FromInt64(0), Pointer(plain), Number(Bytes)).AsInt64();
            report.Equal(sum, crc32.Call(GuestValue.FromInt64(0), Pointer(restored), Number(Bytes)).AsInt64(), "crc32");

            new Span<byte>(packed, (int)packedLength)[(int)packedLength / 2] ^= byte.MaxValue;
            restoredLength = Bytes;
            status = uncompress.Call(Pointer(restored), Pointer(&restoredLength), Pointer(packed), GuestValue.FromInt64(packedLength)).AsInt32();
            report.Equal(DataError, status, "uncompress of damaged bytes");

            Overrun(report, compress, packed, bound);
            Overrun(report, compress, packed, bound);
        }
        finally
        {
            NativeMemory.Free(plain);
            NativeMemory.Free(packed);
            NativeMemory.Free(restored);
        }
    }

    // Half of what zlib is told to read is not there. What it had allocated is lost; zlib itself goes on.
    private static void Overrun(LibraryReport report, GuestFunction compress, byte* packed, long packedLength)
    {
        using GuestMemory memory = GuestMemory.Reserve(Guard, Guard, Guard);
        TrapResult result = compress.Invoke(
            [Pointer(packed), Pointer(&packedLength), Pointer(memory.Base), GuestValue.FromInt64(Guard * 2), Number(FastestLevel)], out _, GuestLibrary.Config);
        report.Check(result.Trap?.Code is TrapCode.HeapAccessOutOfBounds, $"reading past a memory ended in: {result.Trap?.Message ?? "no trap"}");
        report.Equal((nuint)(memory.Base + Guard), result.Trap?.FaultAddress ?? 0, "fault address");
    }

    private static void Fill(Span<byte> bytes)
    {
        Random random = new(Seed);
        random.NextBytes(bytes[..Period]);
        for (int done = Period; done < bytes.Length; done += Period)
        {
            bytes[..Period].CopyTo(bytes[done..]);
            for (int i = 0; i < Period; i += NoiseEvery)
            {
                bytes[done + i] = (byte)random.Next();
            }
        }
    }
}
