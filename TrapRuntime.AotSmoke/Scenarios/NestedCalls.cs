using System.Globalization;
using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>Guests in host functions in guests: a trap ends the innermost one only, an exception goes through all of them.</summary>
internal sealed unsafe class NestedCalls : IScenario
{
    private const long Depth = 50;

    private static readonly Exception s_error = new TimeoutException("from the innermost");

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("50 guests deep, the innermost traps", $"{TrapText.Returned} 50", static () => Nest(TrapInnermost)),
        new("50 guests deep, the innermost throws", "TimeoutException, the same object", static () => Nest(static (ref _) => throw s_error)),
        new("a trap at each of 50 depths", "50 traps", TrapEverywhere),
    ];

    private static string Nest(HostCallback innermost)
    {
        try
        {
            Trap? trap = HostCaller.Call((ref call) => Descend(call.Arguments[0].AsInt64(), innermost), Depth, out long result);
            return trap is null ? string.Create(CultureInfo.InvariantCulture, $"{TrapText.Returned} {result}") : TrapText.Of(trap);
        }
        catch (TimeoutException carried)
        {
            return $"{carried.GetType().Name}, {(ReferenceEquals(carried, s_error) ? "the same object" : "another object")}";
        }
    }

    // Each level adds one to what the level below returned.
    private static GuestValue Descend(long depth, HostCallback innermost)
    {
        HostCallback next = depth == 1 ? innermost : (ref call) => Descend(call.Arguments[0].AsInt64(), innermost);
        Trap? trap = HostCaller.Call(next, depth - 1, out long below);
        return GuestValue.FromInt64(trap is null ? below + 1 : 1);
    }

    private static GuestValue TrapInnermost(ref HostCallContext call) => call.Trap(TrapCode.UnreachableCodeReached);

    private static string TrapEverywhere()
    {
        using GuestCode reader = ReadGuest.Emit();
        long traps = CountTraps(reader, Depth);
        return string.Create(CultureInfo.InvariantCulture, $"{traps} traps");
    }

    private static long CountTraps(GuestCode reader, long depth)
    {
        Trap? trap = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)reader.Start, (void*)depth).Trap;
        long own = trap is { Kind: TrapKind.Hardware } && trap.FaultAddress == (nuint)depth ? 1 : 0;
        if (depth == 1)
        {
            return own;
        }

        _ = HostCaller.Call((ref _) => GuestValue.FromInt64(CountTraps(reader, depth - 1)), 0, out long below);
        return own + below;
    }
}
