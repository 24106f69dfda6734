using System.Globalization;
using System.Runtime.InteropServices;
using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>Guests that call the host, which does what only managed code on its own stack can do.</summary>
internal sealed unsafe class HostFunctions : IScenario
{
    private const long Argument = 21;
    private const long Doubled = 2 * Argument;

    private static readonly string s_doubled = string.Create(CultureInfo.InvariantCulture, $"{TrapText.Returned} {Doubled}");

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("host function", s_doubled, static () => Call(static (ref call) => Double(call))),
        new("host function that collects garbage", s_doubled, static () => Call(CollectAndDouble)),
        new("host function that catches its own null reference", s_doubled, static () => Call(CatchAndDouble)),
        new("unmanaged host function", s_doubled, CallUnmanaged),
    ];

    private static string Call(HostCallback callback) => Describe(HostCaller.Call(callback, Argument, out long result), result);

    private static string CallUnmanaged() => Describe(HostCaller.Call(&DoubleUnmanaged, Argument, out long result), result);

    private static string Describe(Trap? trap, long result) =>
        trap is null ? string.Create(CultureInfo.InvariantCulture, $"{TrapText.Returned} {result}") : TrapText.Of(trap);

    private static GuestValue Double(in HostCallContext call) => GuestValue.FromInt64(2 * call.Arguments[0].AsInt64());

    private static GuestValue CollectAndDouble(ref HostCallContext call)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        return Double(call);
    }

    private static GuestValue CatchAndDouble(ref HostCallContext call) =>
        RuntimeHealth.FindFault() is null ? Double(call) : default;

    [UnmanagedCallersOnly]
    private static long DoubleUnmanaged(long value) => 2 * value;
}
