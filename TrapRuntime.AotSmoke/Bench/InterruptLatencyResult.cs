namespace TrapRuntime.AotSmoke.Bench;

/// <summary>Samples in microseconds, those of one round at the same index.</summary>
/// <param name="ToStop">From <c>Cancel()</c> to the guest's last instruction.</param>
/// <param name="ToReturn">From <c>Cancel()</c> to the return of the guest call with its trap.</param>
/// <param name="Floor">From <c>pthread_kill</c> to the first instruction of the shortest handler.</param>
internal sealed record InterruptLatencyResult(IReadOnlyList<double> ToStop, IReadOnlyList<double> ToReturn, IReadOnlyList<double> Floor);
