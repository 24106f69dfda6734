using System.Globalization;

namespace TrapRuntime.WasmSuite.Running;

/// <summary>Compares a trap with the message that a script expects, as the specification's own interpreter does: the expected text is its start.</summary>
internal static class TrapWords
{
    // Two messages of the specification share one trap code, whose message holds both: "first: second".
    private const string Separator = ": ";

    /// <summary>Tells whether the trap has the message.</summary>
    /// <param name="trap">The trap.</param>
    /// <param name="expected">What the script says.</param>
    /// <param name="index">The index that the last failed indirect call went through; some scripts name it.</param>
    internal static bool Match(Trap trap, string expected, uint index)
    {
        if (trap.Code is TrapCode.TableAccessOutOfBounds)
        {
            return trap.Message.Split(Separator).Any(words => StartsWith(WithIndex(words, index), expected));
        }

        return StartsWith(trap.Message, expected) || (trap.Code is TrapCode.IndirectCallToNull && StartsWith(WithIndex(trap.Message, index), expected));
    }

    private static bool StartsWith(string words, string expected) => words.StartsWith(expected, StringComparison.Ordinal);

    private static string WithIndex(string words, uint index) => string.Create(CultureInfo.InvariantCulture, $"{words} {index}");
}
