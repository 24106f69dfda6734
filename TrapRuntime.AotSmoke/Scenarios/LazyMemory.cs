using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.Platforms;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>Memory that comes page by page as the guest reaches for it: a custom handler opens each page, and the guest never notices.</summary>
internal sealed unsafe class LazyMemory : IScenario
{
    private const int Pages = 16;

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("custom handler repairs 16 pages", $"{TrapText.Returned}, 16 pages touched", static () => Touch(Pages)),
        new("custom handler declines the 17th", "Hardware None, SIGSEGV 2, Write the end, at touch, 16 pages touched", static () => Touch(Pages + 1)),
    ];

    // One page more than the handler opens is reserved, so that nothing else lies behind.
    private static string Touch(int pages)
    {
        PlatformMemory memory = PlatformMemory.Current;
        nuint length = (Pages + 1) * memory.PageSize;
        nint start = memory.Reserve(length);
        if (start == 0)
        {
            return "no address space";
        }

        nint end = start + (Pages * Environment.SystemPageSize);
        TouchGuest.Range range = new() { Position = start, End = start + (pages * Environment.SystemPageSize) };
        using GuestCode guest = TouchGuest.Emit();
        string got = TrapText.Call(guest, &range, handler: PageRepairHandler.Create(start, end));
        memory.Release(start, length);
        return $"{got.Replace($"0x{end:x}", "the end", StringComparison.Ordinal)}, {range.Touched} pages touched";
    }
}
