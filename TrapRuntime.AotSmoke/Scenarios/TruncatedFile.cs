using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>A mapped file that shrank: what lies beyond its end is a bus error.</summary>
internal sealed class TruncatedFile : IScenario
{
    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
        [new("read beyond a truncated mapped file", "Hardware None, SIGBUS 2, Read the page, at read", Run)];

    private static string Run()
    {
        using TruncatedPage page = new();
        using GuestCode guest = ReadGuest.Emit();
        string got = TrapText.CallWith(guest, (nuint)page.Address);
        return got.Replace($"0x{page.Address:x}", "the page", StringComparison.Ordinal);
    }
}
