using System.Diagnostics;

namespace TrapRuntime.AotSmoke.Storms;

/// <summary>Says when a storm is over.</summary>
internal sealed class StormClock(TimeSpan duration)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private volatile bool _isStopped;

    /// <summary>Gets the time since the storm began.</summary>
    internal TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Gets a value indicating whether the storm is over.</summary>
    internal bool IsOver => _isStopped || _watch.Elapsed >= duration;

    /// <summary>Ends the storm early.</summary>
    internal void Stop() => _isStopped = true;
}
