namespace TrapRuntime.MachineCode.X64;

/// <summary>Checks of operands: everything that enters an encoding passes through here.</summary>
internal sealed partial class X64Emitter
{
    private const int LastRegister = 15; // four bits: three in ModRM or SIB, one in REX
    private const int LastCondition = 15;

    private static int Number(Reg64 register) => (int)register <= LastRegister
        ? (int)register
        : throw new ArgumentOutOfRangeException(nameof(register), register, "There is no such general register.");

    private static int Number(Xmm register) => (int)register <= LastRegister
        ? (int)register
        : throw new ArgumentOutOfRangeException(nameof(register), register, "There is no such vector register.");

    private static int Number(Condition condition) => (int)condition <= LastCondition
        ? (int)condition
        : throw new ArgumentOutOfRangeException(nameof(condition), condition, "There is no such condition.");

    private static int IndexNumber(Reg64 index) => index != Reg64.Rsp
        ? Number(index)
        : throw new ArgumentOutOfRangeException(nameof(index), index, "The stack pointer cannot be an index.");

    private static int ScaleBits(int scale) => scale switch
    {
        1 => 0,
        2 => 1,
        4 => 2,
        8 => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(scale), scale, "An index is scaled by 1, 2, 4 or 8."),
    };

    private static bool FitsInByte(int value) => value is >= sbyte.MinValue and <= sbyte.MaxValue;
}
