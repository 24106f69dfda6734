namespace TrapRuntime.MachineCode.Arm64;

/// <summary>Loads and stores.</summary>
internal sealed partial class Arm64Emitter
{
    private const uint StoreGeneralPair = 0b10_101_0_000_0_0000000_00000_00000_00000;
    private const uint LoadGeneralPair = 0b10_101_0_000_1_0000000_00000_00000_00000;
    private const uint StoreVectorPair = 0b01_101_1_000_0_0000000_00000_00000_00000;
    private const uint LoadVectorPair = 0b01_101_1_000_1_0000000_00000_00000_00000;
    private const uint AfterAccess = 0b00_000_0_001_0_0000000_00000_00000_00000; // writes at + offset back afterwards
    private const uint AtOffset = 0b00_000_0_010_0_0000000_00000_00000_00000;
    private const uint BeforeAccess = 0b00_000_0_011_0_0000000_00000_00000_00000; // writes at + offset back first

    /// <summary><c>str xt, [xn|sp, #offset]</c>.</summary>
    internal void Store(RegX at, int offset, RegX value) =>
        WriteUInt32(0b11_111_0_01_00_000000000000_00000_00000
            | (WordOffset(offset) << 10) | (NumberOrStackPointer(at) << 5) | Number(value));

    /// <summary><c>ldr xt, [xn|sp, #offset]</c>.</summary>
    internal void Load(RegX target, RegX at, int offset) =>
        WriteUInt32(0b11_111_0_01_01_000000000000_00000_00000
            | (WordOffset(offset) << 10) | (NumberOrStackPointer(at) << 5) | Number(target));

    /// <summary><c>stp xt1, xt2, [xn|sp, #offset]</c>.</summary>
    internal void StorePair(RegX at, int offset, RegX first, RegX second) =>
        Pair(StoreGeneralPair | AtOffset, at, offset, Number(first), Number(second));

    /// <summary><c>stp dt1, dt2, [xn|sp, #offset]</c>.</summary>
    internal void StorePair(RegX at, int offset, RegD first, RegD second) =>
        Pair(StoreVectorPair | AtOffset, at, offset, Number(first), Number(second));

    /// <summary><c>stp xt1, xt2, [xn|sp, #change]!</c>: moves the base first, as a push does.</summary>
    internal void PushPair(RegX at, int change, RegX first, RegX second)
    {
        RequireOther(at, first, second);
        Pair(StoreGeneralPair | BeforeAccess, at, change, Number(first), Number(second));
    }

    /// <summary><c>stp dt1, dt2, [xn|sp, #change]!</c>: moves the base first, as a push does.</summary>
    internal void PushPair(RegX at, int change, RegD first, RegD second) =>
        Pair(StoreVectorPair | BeforeAccess, at, change, Number(first), Number(second));

    /// <summary><c>ldp xt1, xt2, [xn|sp, #offset]</c>.</summary>
    internal void LoadPair(RegX first, RegX second, RegX at, int offset) =>
        LoadPair(LoadGeneralPair | AtOffset, at, offset, Number(first), Number(second));

    /// <summary><c>ldp dt1, dt2, [xn|sp, #offset]</c>.</summary>
    internal void LoadPair(RegD first, RegD second, RegX at, int offset) =>
        LoadPair(LoadVectorPair | AtOffset, at, offset, Number(first), Number(second));

    /// <summary><c>ldp xt1, xt2, [xn|sp], #change</c>: moves the base afterwards, as a pop does.</summary>
    internal void PopPair(RegX first, RegX second, RegX at, int change)
    {
        RequireOther(at, first, second);
        LoadPair(LoadGeneralPair | AfterAccess, at, change, Number(first), Number(second));
    }

    /// <summary><c>ldp dt1, dt2, [xn|sp], #change</c>: moves the base afterwards, as a pop does.</summary>
    internal void PopPair(RegD first, RegD second, RegX at, int change) =>
        LoadPair(LoadVectorPair | AfterAccess, at, change, Number(first), Number(second));

    private static void RequireOther(RegX at, RegX first, RegX second)
    {
        if (at == first || at == second)
        {
            throw new ArgumentOutOfRangeException(nameof(at), at, "A base that moves cannot be one of the pair.");
        }
    }

    private void LoadPair(uint opcode, RegX at, int offset, uint first, uint second)
    {
        if (first == second)
        {
            throw new ArgumentOutOfRangeException(nameof(second), second, "A pair is loaded into two different registers.");
        }

        Pair(opcode, at, offset, first, second);
    }

    private void Pair(uint opcode, RegX at, int offset, uint first, uint second) =>
        WriteUInt32(opcode | (PairOffset(offset) << 15) | (second << 10) | (NumberOrStackPointer(at) << 5) | first);
}
