using System.Globalization;
using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>The two faults that x86_64 reports as one; the divisor tells them apart, wherever it is.</summary>
internal sealed unsafe class IntegerDivision : IScenario
{
    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases
    {
        get
        {
            foreach (bool wide in (bool[])[false, true])
            {
                foreach (bool fromMemory in (bool[])[false, true])
                {
                    string form = $"{(wide ? "64" : "32")}-bit idiv {(fromMemory ? "from memory" : "by register")}";
                    long lowest = wide ? long.MinValue : int.MinValue;
                    yield return Divide($"{form}: 84 / 2", wide, fromMemory, 84, 2, $"{TrapText.Returned} 42");
                    yield return Divide($"{form}: 1 / 0", wide, fromMemory, 1, 0, Trap(TrapCode.IntegerDivisionByZero));
                    yield return Divide($"{form}: lowest / -1", wide, fromMemory, lowest, -1, Trap(TrapCode.IntegerOverflow));
                }
            }
        }
    }

    private static string Trap(TrapCode code) => $"Hardware {code}, SIGFPE 1, at {DivideGuest.Name}";

    private static ScenarioCase Divide(string what, bool wide, bool fromMemory, long dividend, long divisor, string expected) => new(
        what,
        expected,
        () =>
        {
            using GuestCode guest = DivideGuest.Emit(wide, fromMemory);
            DivideGuest.Division state = new() { Dividend = dividend, Divisor = divisor };
            string got = TrapText.Call(guest, &state);
            return got == TrapText.Returned ? string.Create(CultureInfo.InvariantCulture, $"{got} {state.Quotient}") : got;
        });
}
