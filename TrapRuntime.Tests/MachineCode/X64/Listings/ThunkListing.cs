using System.Diagnostics.CodeAnalysis;
using System.Text;
using Iced.Intel;

namespace TrapRuntime.Tests.MachineCode.X64.Listings;

/// <summary>Prints a thunk as an independent decoder reads it, with labels instead of addresses.</summary>
internal static class ThunkListing
{
    private const int Bitness = 64;

    /// <summary>Prints one instruction a line; places that are jumped to get a label on a line of its own.</summary>
    internal static string Print(ListedThunk thunk)
    {
        Iced.Intel.Decoder decoder = Iced.Intel.Decoder.Create(Bitness, thunk.Code, (ulong)thunk.Start);
        List<Instruction> instructions = [];
        while (decoder.IP < (ulong)(thunk.Start + thunk.Code.Length))
        {
            instructions.Add(decoder.Decode());
        }

        Resolver names = new(thunk, instructions);
        NasmFormatter formatter = new(
            new FormatterOptions
            {
                MemorySizeOptions = MemorySizeOptions.Always,
                ShowBranchSize = false,
                RipRelativeAddresses = true,
                SignedImmediateOperands = true,
                HexPrefix = "0x",
                HexSuffix = null,
                UppercaseHex = false,
                SpaceAfterOperandSeparator = true,
            },
            names);
        StringBuilder text = new();
        StringOutput output = new();
        foreach (Instruction instruction in instructions)
        {
            if (names.TryGetName(instruction.IP, out string? label))
            {
                text.Append(label).Append(":\n");
            }

            formatter.Format(instruction, output);
            text.Append("    ").Append(output.ToStringAndReset()).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The thunk labels by name; other targets inside the thunk by number, in address order.</summary>
    private sealed class Resolver : ISymbolResolver
    {
        private readonly Dictionary<ulong, string> _names;

        internal Resolver(ListedThunk thunk, List<Instruction> instructions)
        {
            _names = thunk.Labels.ToDictionary(label => (ulong)label.Key, label => label.Value);
            ulong[] targets =
            [
                .. instructions.Where(i => i.NearBranchTarget != 0).Select(i => i.NearBranchTarget)
                    .Where(target => !_names.ContainsKey(target)).Distinct().Order(),
            ];
            for (int i = 0; i < targets.Length; i++)
            {
                _names.Add(targets[i], $".{i + 1}");
            }
        }

        internal bool TryGetName(ulong address, [NotNullWhen(true)] out string? name) => _names.TryGetValue(address, out name);

        public bool TryGetSymbol(
            in Instruction instruction, int operand, int instructionOperand, ulong address, int addressSize, out SymbolResult symbol)
        {
            bool isAddress = instruction.NearBranchTarget != 0 || instruction.IsIPRelativeMemoryOperand;
            if (isAddress && _names.TryGetValue(address, out string? name))
            {
                symbol = new SymbolResult(address, name);
                return true;
            }

            symbol = default;
            return false;
        }
    }
}
