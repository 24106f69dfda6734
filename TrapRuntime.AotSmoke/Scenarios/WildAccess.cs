using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>Reads and writes where nothing is: nothing tells more about them than signal and address.</summary>
internal sealed class WildAccess : IScenario
{
    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("null read", "Hardware None, SIGSEGV 1, Read 0x0, at read", static () => Read(0)),
        new("null write", "Hardware None, SIGSEGV 1, Write 0x0, at write", static () => Write(0)),
        new("wild read", $"Hardware None, SIGSEGV 1, Read 0x{WildAddress.Unmapped:x}, at read", static () => Read(WildAddress.Unmapped)),
        new("wild write", $"Hardware None, SIGSEGV 1, Write 0x{WildAddress.Unmapped:x}, at write", static () => Write(WildAddress.Unmapped)),
        new("non-canonical read", "Hardware None, SIGSEGV 128, at read", static () => Read(WildAddress.NonCanonical)),
        new("non-canonical write", "Hardware None, SIGSEGV 128, at write", static () => Write(WildAddress.NonCanonical)),
    ];

    private static string Read(nuint address)
    {
        using GuestCode guest = ReadGuest.Emit();
        return TrapText.CallWith(guest, address);
    }

    private static string Write(nuint address)
    {
        using GuestCode guest = WriteGuest.Emit();
        return TrapText.CallWith(guest, address);
    }
}
