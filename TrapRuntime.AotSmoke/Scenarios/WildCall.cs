using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.Platforms;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>Calls and jumps to where no code is. The address that could not be fetched is the program counter itself.</summary>
internal sealed unsafe class WildCall : IScenario
{
    private const string DataPage = "the data page";

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("call to null", "Hardware None, SIGSEGV 1, Execute 0x0, at 0x0", static () => Call(0)),
        new("jump to null", "Hardware None, SIGSEGV 1, Execute 0x0, at 0x0", static () => Jump(0)),
        new("call to unmapped", Nowhere, static () => Call(WildAddress.Unmapped)),
        new("jump to unmapped", Nowhere, static () => Jump(WildAddress.Unmapped)),
        new("call of a data page", $"Hardware None, SIGSEGV 2, Execute {DataPage}, at {DataPage}", ExecuteData),

        // Refused by the branch itself, so that the guest's own instruction is to blame.
        new("non-canonical call", "Hardware None, SIGSEGV 128, at call", static () => Call(WildAddress.NonCanonical)),
        new("non-canonical jump", "Hardware None, SIGSEGV 128, at jump", static () => Jump(WildAddress.NonCanonical)),
    ];

    private static string Nowhere => $"Hardware None, SIGSEGV 1, Execute 0x{WildAddress.Unmapped:x}, at 0x{WildAddress.Unmapped:x}";

    private static string Call(nuint address)
    {
        using GuestCode guest = CallGuest.Emit();
        return TrapText.CallWith(guest, address);
    }

    private static string Jump(nuint address)
    {
        using GuestCode guest = JumpGuest.Emit();
        return TrapText.CallWith(guest, address);
    }

    private static string ExecuteData()
    {
        const byte Return = 0xC3; // had it been executable, it would have returned
        PlatformMemory memory = PlatformMemory.Current;
        nint page = memory.Reserve(memory.PageSize);
        if (page == 0 || !memory.TryProtect(page, memory.PageSize, PageAccess.ReadWrite))
        {
            return "no memory for a data page";
        }

        *(byte*)page = Return;
        string got = Call((nuint)page).Replace($"0x{page:x}", DataPage, StringComparison.Ordinal);
        memory.Release(page, memory.PageSize);
        return got;
    }
}
