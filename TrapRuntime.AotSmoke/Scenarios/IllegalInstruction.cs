using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>Undefined instructions: one without a payload proves nothing, one with a payload names its trap code.</summary>
internal sealed class IllegalInstruction : IScenario
{
    private const byte LastPayload = 10;

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases
    {
        get
        {
            yield return new("ud2", "Hardware None, SIGILL 2, at undefined", Plain);
            for (byte payload = 0; payload <= LastPayload; payload++)
            {
                yield return Payload(payload, rexPrefix: false);
                yield return Payload(payload, rexPrefix: true);
            }
        }
    }

    // Payload n is the code n + 1: none is code 0.
    private static ScenarioCase Payload(byte payload, bool rexPrefix) => new(
        $"ud1 payload {payload}{(rexPrefix ? " behind REX" : "")}",
        $"Hardware {(TrapCode)(payload + 1)}, SIGILL 2, at undefined",
        () =>
        {
            using GuestCode guest = UndefinedGuest.Emit(payload, rexPrefix);
            return TrapText.CallWith(guest, 0);
        });

    private static string Plain()
    {
        using GuestCode guest = UndefinedGuest.Emit();
        return TrapText.CallWith(guest, 0);
    }
}
