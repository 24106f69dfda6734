using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>Mistakes of the caller, refused before anything runs.</summary>
internal sealed unsafe class RefusedEntry : IScenario
{
    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("null body", nameof(ArgumentNullException), static () => Enter(0)),
        new("code that nobody announced", nameof(InvalidOperationException), static () => Enter(GuestAssembly.MapForeign(ReadGuest.Write))),
    ];

    private static string Enter(nint body)
    {
        try
        {
            return GuestCall.CatchTraps((delegate* unmanaged<void*, void>)body, null).IsTrap ? "trapped" : TrapText.Returned;
        }
        catch (ArgumentException refusal)
        {
            return refusal.GetType().Name;
        }
        catch (InvalidOperationException refusal)
        {
            return refusal.GetType().Name;
        }
    }
}
