using Iced.Intel;

namespace TrapRuntime.Tests.Support;

/// <summary>x86_64 code as an independent decoder reads it: NASM notation, decimal numbers, every memory width shown.</summary>
internal static class Disassembly
{
    private const int Bitness = 64;

    private static readonly NasmFormatter s_formatter = new(new FormatterOptions
    {
        NumberBase = NumberBase.Decimal,
        SignedImmediateOperands = true,
        MemorySizeOptions = MemorySizeOptions.Always,
        ShowBranchSize = false,
        RipRelativeAddresses = true,
    });

    /// <summary>Decodes all of the code. An invalid instruction, or one that runs past the end, reads "(bad)".</summary>
    internal static IReadOnlyList<Instruction> Decode(byte[] code)
    {
        Decoder decoder = Decoder.Create(Bitness, code);
        List<Instruction> instructions = [];
        while (decoder.IP < (ulong)code.Length)
        {
            instructions.Add(decoder.Decode());
        }

        return instructions;
    }

    /// <summary>Prints all of the code, one instruction a line.</summary>
    internal static string Print(byte[] code) => string.Join('\n', Decode(code).Select(Print));

    private static string Print(Instruction instruction)
    {
        StringOutput output = new();
        lock (s_formatter)
        {
            s_formatter.Format(instruction, output);
        }

        return output.ToStringAndReset();
    }
}
