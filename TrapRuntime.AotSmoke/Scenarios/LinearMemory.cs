using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>A linear memory: what lies behind its end is out of bounds, until it grows; and copies that cannot fault.</summary>
internal sealed unsafe class LinearMemory : IScenario
{
    private const nuint Page = 64 * 1024;

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("memory, last word", TrapText.Returned, static () => Write(Page - sizeof(long), grow: false)),
        new("memory, out of bounds", "Hardware HeapAccessOutOfBounds, offset 0x10000, length 0x10000", static () => Write(Page, grow: false)),
        new("memory, grown", TrapText.Returned, static () => Write(Page, grow: true)),
        new("memory, in its guard", "Hardware HeapAccessOutOfBounds, offset 0x20000, length 0x20000", static () => Write(2 * Page, grow: true)),
        new("TryCopy from nowhere", "False, then True 42", CopyFromNowhere),
    ];

    private static string Write(nuint offset, bool grow)
    {
        using GuestMemory memory = GuestMemory.Reserve(Page, 2 * Page, Page);
        if (grow && !memory.TryGrow(2 * Page))
        {
            return "the memory did not grow";
        }

        using GuestCode guest = WriteGuest.Emit();
        Trap? trap = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, (byte*)memory.Base + offset).Trap;
        string expected = $"offset 0x{offset:x}, memory length 0x{memory.Length:x}";
        return trap is null ? TrapText.Returned
            : trap.Message.Contains(expected, StringComparison.Ordinal) ? $"{trap.Kind} {trap.Code}, offset 0x{offset:x}, length 0x{memory.Length:x}"
            : trap.ToString();
    }

    private static string CopyFromNowhere()
    {
        const long Answer = 42;
        long source = Answer;
        long target = 0;
        bool wild = GuestMemory.TryCopy(&target, (void*)WildAddress.Unmapped, sizeof(long));
        bool good = GuestMemory.TryCopy(&target, &source, sizeof(long));
        return $"{wild}, then {good} {target}";
    }
}
