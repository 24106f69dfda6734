using System.Globalization;

namespace TrapRuntime.AotSmoke.Bench;

/// <summary>Medians in microseconds.</summary>
/// <param name="ToStop">From <c>Cancel()</c> to the guest's last instruction.</param>
/// <param name="ToReturn">From <c>Cancel()</c> to the return of the guest call with its trap.</param>
/// <param name="Floor">From <c>pthread_kill</c> to the first instruction of the shortest handler, in the same run.</param>
internal sealed record InterruptLatencyResult(double ToStop, double ToReturn, double Floor)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Cancel() to the guest's last instruction {ToStop:f2} µs, to the return {ToReturn:f2} µs; pthread_kill to a handler {Floor:f2} µs: {ToStop / Floor:f2} and {ToReturn / Floor:f2} times");
}
