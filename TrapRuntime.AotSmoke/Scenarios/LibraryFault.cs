using System.Runtime.InteropServices;
using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>A function of the C library that the guest calls with a bad pointer. (Without either permission below it is a crash.)</summary>
internal sealed unsafe class LibraryFault : IScenario
{
    private const string Expected = "Hardware None, SIGSEGV 1, Read of the string";

    // A vector load may start up to a vector before the string it looks at.
    private const nuint LongestVector = 64;

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("strlen of a string", $"{TrapText.Returned} 5", static () => Run("hello"u8, new VMConfig { CodePolicy = GuestCodePolicy.GuestStack })),
        new("strlen of a bad pointer, policy GuestStack", Expected, static () => Run(default, new VMConfig { CodePolicy = GuestCodePolicy.GuestStack })),
        new("strlen of a bad pointer, library announced", Expected, RunAnnounced),
    ];

    private static nint StringLength { get; } = NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "strlen");

    private static string RunAnnounced()
    {
        using GuestCode library = GuestCode.RegisterImage(StringLength, new GuestCodeInfo { Name = "libc" });
        return Run(default, null);
    }

    private static string Run(ReadOnlySpan<byte> text, VMConfig? config)
    {
        using GuestCode guest = CallWithArgumentGuest.Emit();
        fixed (byte* characters = text)
        {
            CallWithArgumentGuest.Call call = new()
            {
                Function = StringLength,
                Argument = characters == null ? WildAddress.Unmapped : (nuint)characters,
            };
            Trap? trap = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, &call, config).Trap;
            return trap is null ? $"{TrapText.Returned} {call.Result}" : Describe(trap);
        }
    }

    private static string Describe(Trap trap)
    {
        nuint distance = (trap.FaultAddress ?? 0) - WildAddress.Unmapped + LongestVector;
        bool expected = trap is { Kind: TrapKind.Hardware, Code: TrapCode.None, Signal: 11, SignalCode: 1, Access: FaultAccess.Read };
        return expected && distance <= 2 * LongestVector ? Expected : trap.ToString();
    }
}
