using System.Buffers.Binary;
using TrapRuntime.Activations;

namespace TrapRuntime.Traps.X64;

/// <summary>A ModRM byte with its SIB byte and displacement: a register, or the recipe of an address (Intel SDM volume 2, 2.1.5).</summary>
internal readonly ref struct ModRm
{
    private const int RegisterForm = 3;
    private const int SibFollows = 4;
    private const int NoBase = 5;
    private const int NoIndex = 4;
    private const int NoRegister = -1;

    private ModRm(int register, int operand)
    {
        Register = register;
        Operand = operand;
        Base = NoRegister;
        Index = NoRegister;
    }

    /// <summary>Gets ModRM.reg, an extension of the opcode or a register number, without REX.R.</summary>
    internal int Register { get; }

    /// <summary>Gets the register operand with REX.B, or -1 for a memory operand.</summary>
    internal int Operand { get; }

    /// <summary>Gets the bytes of ModRM, SIB and displacement.</summary>
    internal int Length { get; private init; }

    private int Base { get; init; }

    private int Index { get; init; }

    private int Scale { get; init; }

    private int Displacement { get; init; }

    private bool IsRelative { get; init; }

    /// <summary>Gets a value indicating whether the operand is in memory.</summary>
    internal bool IsMemory => Operand == NoRegister;

    /// <summary>Reads the bytes behind the opcode.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> code, in InstructionHead head, out ModRm operand)
    {
        operand = default;
        if (code.IsEmpty)
        {
            return false;
        }

        int mod = code[0] >> 6;
        int register = (code[0] >> 3) & 7;
        int rm = code[0] & 7;
        if (mod == RegisterForm)
        {
            operand = new ModRm(register, rm | head.BaseBit) { Length = 1 };
            return true;
        }

        int length = 1;
        int from = rm | head.BaseBit;
        int index = NoRegister;
        int scale = 0;
        bool isRelative = mod == 0 && rm == NoBase;
        bool hasBase = !isRelative;
        if (rm == SibFollows)
        {
            if (code.Length < 2)
            {
                return false;
            }

            byte sib = code[1];
            length = 2;
            scale = sib >> 6;
            int numbered = ((sib >> 3) & 7) | head.IndexBit;
            index = numbered == NoIndex ? NoRegister : numbered;
            from = (sib & 7) | head.BaseBit;
            hasBase = !(mod == 0 && (sib & 7) == NoBase);
        }

        int displacementSize = mod == 1 ? sizeof(sbyte) : mod == 2 || !hasBase ? sizeof(int) : 0;
        if (code.Length < length + displacementSize)
        {
            return false;
        }

        operand = new ModRm(register, NoRegister)
        {
            Base = hasBase ? from : NoRegister,
            Index = index,
            Scale = scale,
            IsRelative = isRelative,
            Displacement = displacementSize switch
            {
                sizeof(sbyte) => unchecked((sbyte)code[length]),
                sizeof(int) => BinaryPrimitives.ReadInt32LittleEndian(code[length..]),
                _ => 0,
            },
            Length = length + displacementSize,
        };
        return true;
    }

    /// <summary>Computes the address, which is relative to the next instruction or made of registers.</summary>
    internal unsafe nuint AddressIn(in TrapCapture registers, nuint nextInstruction, bool is32Bit)
    {
        // The processor's address arithmetic wraps.
        unchecked
        {
            ulong address = (ulong)Displacement;
            if (IsRelative)
            {
                address += nextInstruction;
            }

            if (Base != NoRegister)
            {
                address += registers.General[Base];
            }

            if (Index != NoRegister)
            {
                address += registers.General[Index] << Scale;
            }

            return is32Bit ? (uint)address : (nuint)address;
        }
    }
}
