using System.Buffers.Binary;
using TrapRuntime.Activations;

namespace TrapRuntime.Traps.X64;

/// <summary>
/// Works out the address that an instruction accesses, for faults of which the kernel does not say it: those at non-canonical
/// addresses. Understands what compilers emit for loads and stores; gives up on gathers and EVEX.
/// </summary>
internal static class MemoryOperand
{
    /// <summary>Bits 47 to 63 of a canonical address are all alike (four-level paging, Intel SDM volume 1, 3.3.7.1).</summary>
    private const int CanonicalBits = 48;

    private const int Rax = 0;
    private const int Rbx = 3;
    private const int Rsi = 6;
    private const int Rdi = 7;
    private const byte LoadAddress = 0x8D;
    private const byte TableLookup = 0xD7;
    private const byte PopToMemory = 0x8F;

    /// <summary>Tells whether no mapping can ever hold the address.</summary>
    internal static bool IsNonCanonical(nuint address)
    {
        const int Unused = 64 - CanonicalBits;
        return unchecked(((long)address << Unused >> Unused) != (long)address);
    }

    /// <summary>Computes the address of the explicit memory operand, or of the string or absolute operand.</summary>
    /// <returns>False when the instruction has none or is not understood.</returns>
    internal static bool TryGetAddress(ReadOnlySpan<byte> code, in TrapCapture registers, out nuint address)
    {
        address = 0;
        if (!InstructionHead.TryRead(code, out InstructionHead head) || (head.Prefixes & InstructionPrefixes.ThreadSegment) != 0)
        {
            return false;
        }

        bool is32Bit = (head.Prefixes & InstructionPrefixes.AddressSize) != 0;
        ReadOnlySpan<byte> rest = code[head.Length..];
        if (head is { Map: OpcodeMap.OneByte, Opcode: (>= 0xA0 and <= 0xAF) or TableLookup })
        {
            return TryGetImplicit(head.Opcode, rest, registers, is32Bit, out address);
        }

        if (!HasMemoryForm(head) || !ModRm.TryRead(rest, head, out ModRm operand) || !operand.IsMemory || IsXop(head, operand))
        {
            return false;
        }

        int length = head.Length + operand.Length + ImmediateLength.Of(head, operand.Register);
        address = operand.AddressIn(registers, unchecked(registers.ProgramCounter + (nuint)length), is32Bit);
        return true;
    }

    // mov with a 64-bit absolute address, the string instructions by their index registers, and xlat.
    private static unsafe bool TryGetImplicit(byte opcode, ReadOnlySpan<byte> rest, in TrapCapture registers, bool is32Bit, out nuint address)
    {
        nuint source = (nuint)registers.General[Rsi];
        nuint target = (nuint)registers.General[Rdi];
        address = 0;
        switch (opcode)
        {
            case <= 0xA3 when is32Bit:
                bool isThere = BinaryPrimitives.TryReadUInt32LittleEndian(rest, out uint low);
                address = low;
                return isThere;
            case <= 0xA3:
                isThere = BinaryPrimitives.TryReadUInt64LittleEndian(rest, out ulong absolute);
                address = (nuint)absolute;
                return isThere;
            case 0xA4 or 0xA5 or 0xA6 or 0xA7: // movs, cmps: whichever of the two cannot be
                address = IsNonCanonical(source) ? source : target;
                break;
            case 0xAA or 0xAB or 0xAE or 0xAF: // stos, scas
                address = target;
                break;
            case 0xAC or 0xAD: // lods
                address = source;
                break;
            case TableLookup:
                address = unchecked((nuint)(registers.General[Rbx] + (byte)registers.General[Rax]));
                break;
            default: // test with an immediate
                return false;
        }

        address = is32Bit ? unchecked((uint)address) : address;
        return true;
    }

    // pop has the extension 0; the others begin AMD's XOP encoding (AMD64 manual volume 6, 2.2).
    private static bool IsXop(in InstructionHead head, in ModRm operand) =>
        head is { Map: OpcodeMap.OneByte, Opcode: PopToMemory } && operand.Register != 0;

    // Intel SDM volume 2, appendix A: which opcodes are followed by a ModRM byte whose memory form is accessed.
    private static bool HasMemoryForm(in InstructionHead head) => head.Map switch
    {
        OpcodeMap.OneByte => head.Opcode switch
        {
            < 0x40 => (head.Opcode & 7) < 4,
            0x63 or 0x69 or 0x6B => true,
            LoadAddress => false,
            >= 0x80 and <= 0x8F => true,
            0xC0 or 0xC1 or 0xC6 or 0xC7 => true,
            >= 0xD0 and <= 0xD3 or >= 0xD8 and <= 0xDF => true,
            0xF6 or 0xF7 or 0xFE or 0xFF => true,
            _ => false,
        },
        OpcodeMap.TwoByte => head.Opcode switch
        {
            <= 0x03 or >= 0x10 and <= 0x17 or >= 0x28 and <= 0x2F => true,
            >= 0x40 and <= 0x76 or >= 0x7C and <= 0x7F => true,
            >= 0x90 and <= 0x9F => true,
            0xA3 or 0xA4 or 0xA5 or 0xAB or 0xAC or 0xAD or 0xAE or 0xAF => true,
            >= 0xB0 and <= 0xC7 and not 0xB9 => true,
            >= 0xD0 => true,
            _ => false,
        },

        // The gathers' index is a vector.
        OpcodeMap.ThreeByte38 => !(head.IsVex && head.Opcode is >= 0x90 and <= 0x93),
        _ => true,
    };
}
