using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>A guest that does nothing wrong.</summary>
internal sealed unsafe class PlainReturn : IScenario
{
    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases => [new("plain return", $"{TrapText.Returned} {ReturnGuest.Answer}", Run)];

    private static string Run()
    {
        using GuestCode guest = ReturnGuest.Emit();
        long state = 0;
        return $"{TrapText.Call(guest, &state)} {state}";
    }
}
