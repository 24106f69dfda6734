namespace TrapRuntime.AotSmoke.Storms;

/// <summary>A cancellation that is to come.</summary>
/// <param name="source">What is to be cancelled.</param>
/// <param name="spins">The idle turns of the processor before it.</param>
internal sealed class PlannedCancel(CancellationTokenSource source, int spins)
{
    private long _began;
    private bool _ended;

    internal CancellationTokenSource Source { get; } = source;

    internal int Spins { get; } = spins;

    /// <summary>Gets when it began, by the stopwatch; 0 before.</summary>
    internal long Began => Volatile.Read(ref _began);

    internal void Begin(long now) => Volatile.Write(ref _began, now);

    internal void End() => Volatile.Write(ref _ended, true);

    /// <summary>Waits until the canceller has let go of the source.</summary>
    internal void Join()
    {
        SpinWait wait = default;
        while (!Volatile.Read(ref _ended))
        {
            wait.SpinOnce();
        }
    }
}
