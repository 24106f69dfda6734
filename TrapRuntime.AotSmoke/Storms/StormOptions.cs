namespace TrapRuntime.AotSmoke.Storms;

/// <summary>How a storm runs.</summary>
/// <param name="Duration">For how long.</param>
/// <param name="Seed">Decides which thread does what in which order.</param>
/// <param name="Threads">How many threads.</param>
/// <param name="IsMemoryJudged">Whether memory that grows is a failure: only after a storm long enough to tell.</param>
internal sealed record StormOptions(TimeSpan Duration, int Seed, int Threads, bool IsMemoryJudged);
