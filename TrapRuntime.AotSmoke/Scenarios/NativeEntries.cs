using System.Runtime.InteropServices;
using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>What guest code can ask of the library by address.</summary>
internal sealed unsafe class NativeEntries : IScenario
{
    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("NativeRaiseTrap", "Library IndirectCallToNull, at call_with", static () => Raise((nuint)TrapCode.IndirectCallToNull)),
        new("NativeRaiseTrap with an unknown code", "Library None, at call_with", static () => Raise(4711)),
        new("NativeOnHostStack", "returned, ran on the caller's stack", RunOnHostStack),
    ];

    private static string Raise(nuint code)
    {
        using GuestCode guest = CallWithArgumentGuest.Emit();
        CallWithArgumentGuest.Call call = new() { Function = HostCall.NativeRaiseTrap, Argument = code };
        return TrapText.Call(guest, &call);
    }

    private static string RunOnHostStack()
    {
        const nint NearBy = 64 * 1024; // a guest stack starts behind a guard of this size at least
        using GuestCode guest = OnHostStackGuest.Emit();
        nint place = 0;
        OnHostStackGuest.Request request = new()
        {
            Entry = HostCall.NativeOnHostStack,
            Function = (nint)(delegate* unmanaged<nint*, void>)&TellPlace,
            Argument = (nint)(&place),
        };
        string got = TrapText.Call(guest, &request);
        nint below = (nint)(&place) - place;
        return $"{got}, ran {(below is > 0 and < NearBy ? "on the caller's stack" : $"{below} bytes away")}";
    }

    // Managed code, which must never find itself on a guest stack.
    [UnmanagedCallersOnly]
    private static void TellPlace(nint* place)
    {
        GC.Collect();
        nint local;
        *place = (nint)(&local);
    }
}
