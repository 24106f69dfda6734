namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>AVX instructions on all sixteen registers.</summary>
internal static class VectorCode
{
    private const int LowRegisters = 8;
    private const int FieldShift = 3;
    private const byte Displacement32 = 0b10_000_111; // [rdi + disp32]
    private const byte NoDisplacement = 0b00_000_111; // [rdi]
    private const byte LowRegisterBit = 0x80; // VEX.R, inverted

    /// <summary><c>vextractf128 [rdi + 16 * n], ymm(n), 1</c>.</summary>
    internal static void StoreUppers(CodeWriter code)
    {
        for (int n = 0; n < ProbeRecord.Vectors; n++)
        {
            byte[] offset = BitConverter.GetBytes(n * ProbeRecord.HalfBytes);
            code.Raw(0xC4, (byte)(0x63 | High(n)), 0x7D, 0x19, (byte)(Displacement32 | Field(n)));
            code.Raw(offset);
            code.Raw(1);
        }
    }

    /// <summary><c>vbroadcastss ymm(n), [rdi]</c>.</summary>
    internal static void FillAll(CodeWriter code)
    {
        for (int n = 0; n < ProbeRecord.Vectors; n++)
        {
            code.Raw(0xC4, (byte)(0x62 | High(n)), 0x7D, 0x18, (byte)(NoDisplacement | Field(n)));
        }
    }

    private static byte High(int n) => n < LowRegisters ? LowRegisterBit : (byte)0;

    private static int Field(int n) => (n % LowRegisters) << FieldShift;
}
