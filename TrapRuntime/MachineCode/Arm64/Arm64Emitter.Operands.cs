namespace TrapRuntime.MachineCode.Arm64;

/// <summary>Checks of operands: everything that enters an encoding passes through here.</summary>
internal sealed partial class Arm64Emitter
{
    private const uint SharedNumber = 31; // the stack pointer in some fields, the zero register in others

    // A field in which 31 means the zero register.
    private static uint Number(RegX register) =>
        register == RegX.Zero ? SharedNumber
        : register < RegX.Sp ? (uint)register
        : throw new ArgumentOutOfRangeException(nameof(register), register, "This operand is x0 to x30 or the zero register.");

    // A field in which 31 means the stack pointer.
    private static uint NumberOrStackPointer(RegX register) => register <= RegX.Sp
        ? (uint)register
        : throw new ArgumentOutOfRangeException(nameof(register), register, "This operand is x0 to x30 or the stack pointer.");

    private static uint Number(RegD register) => register <= RegD.D31
        ? (uint)register
        : throw new ArgumentOutOfRangeException(nameof(register), register, "There is no such vector register.");

    private static uint Number(Condition condition) => condition <= Condition.LessOrEqual
        ? (uint)condition
        : throw new ArgumentOutOfRangeException(nameof(condition), condition, "There is no such condition.");

    // imm7 of a pair: counts words of eight bytes, signed.
    private static uint PairOffset(int offset)
    {
        const int Word = sizeof(ulong);
        const int Reach = 64;
        return offset % Word == 0 && offset / Word is >= -Reach and < Reach
            ? (uint)(offset / Word) & 0b1111111
            : throw new ArgumentOutOfRangeException(nameof(offset), offset, "A pair lies at a multiple of 8 from -512 to 504.");
    }

    // imm12 of a load or store: counts words of eight bytes, unsigned.
    private static uint WordOffset(int offset)
    {
        const int Word = sizeof(ulong);
        const int Reach = 4096;
        return offset % Word == 0 && offset / Word is >= 0 and < Reach
            ? (uint)(offset / Word)
            : throw new ArgumentOutOfRangeException(nameof(offset), offset, "A word lies at a multiple of 8 from 0 to 32760.");
    }

    // imm12 of an addition, with the bit above it that shifts it left by twelve.
    private static uint ShiftedImmediate(int immediate)
    {
        const int Width = 12;
        const int Reach = 1 << Width;
        return immediate is >= 0 and < Reach ? (uint)immediate
            : immediate >= 0 && immediate % Reach == 0 && immediate / Reach < Reach ? (1u << Width) | (uint)(immediate / Reach)
            : throw new ArgumentOutOfRangeException(
                nameof(immediate), immediate, "An added constant has twelve bits, shifted left by none or twelve.");
    }

    // hw of a wide move: which of the four 16-bit parts.
    private static uint PartNumber(int shift) => shift switch
    {
        0 => 0,
        16 => 1,
        32 => 2,
        48 => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(shift), shift, "A 16-bit part is shifted by 0, 16, 32 or 48."),
    };
}
