using System.Diagnostics;

namespace TrapRuntime.Signals;

/// <summary>
/// Kicks threads again whose first signal found them where no interrupt may land: in a library that the guest called, in a thunk. One thread
/// for the whole process, asleep while there is nobody to kick.
/// </summary>
/// <remarks>
/// It looks at each call again after a sixteenth of the time that the call has been due to end: sixteen looks while that time grows by a factor
/// of <c>e</c>. A thread in a host function is only looked at, never signalled.
/// </remarks>
internal static class InterruptKicker
{
    /// <summary>The place in the list of those that are not in it.</summary>
    internal const int NotWatched = -1;

    private const int LooksPerWait = 16;

    private static readonly TimeSpan s_shortestPause = TimeSpan.FromMilliseconds(1);

    /// <summary>A signal takes some microseconds: sixty a second are nothing, and a guest that is rarely in its own code is met soon.</summary>
    private static readonly TimeSpan s_longestGuestPause = TimeSpan.FromMilliseconds(16);

    /// <summary>A host function's end is noticed without us: the look is for the case that the thread was seen in between.</summary>
    private static readonly TimeSpan s_longestHostPause = TimeSpan.FromMilliseconds(100);

    private static readonly Lock s_lock = new();
    private static readonly List<InterruptRequest> s_watched = [];
    private static readonly AutoResetEvent s_wake = new(false);
    private static long s_awakeAt = long.MaxValue;
    private static bool s_started;

    /// <summary>Gets how many calls are watched, for tests.</summary>
    internal static int Watched
    {
        get
        {
            lock (s_lock)
            {
                return s_watched.Count;
            }
        }
    }

    /// <summary>Watches a call that has been kicked once.</summary>
    internal static void Watch(InterruptRequest request, long now)
    {
        lock (s_lock)
        {
            request.NextLook = now + Ticks(s_shortestPause);
            request.WatchIndex = s_watched.Count;
            s_watched.Add(request);
            if (!s_started)
            {
                s_started = true;
                new Thread(Run) { IsBackground = true, Name = "TrapRuntime interrupts" }.UnsafeStart();
            }
            else if (s_awakeAt > request.NextLook)
            {
                _ = s_wake.Set();
            }
        }
    }

    /// <summary>Lets go of a call. When this returns, its thread gets no more kicks for it.</summary>
    internal static void Forget(InterruptRequest request)
    {
        lock (s_lock)
        {
            int index = request.WatchIndex;
            if (index != NotWatched)
            {
                InterruptRequest last = s_watched[^1];
                s_watched[index] = last;
                last.WatchIndex = index;
                s_watched.RemoveAt(s_watched.Count - 1);
                request.WatchIndex = NotWatched;
            }
        }
    }

    private static void Run()
    {
        while (true)
        {
            TimeSpan pause;
            lock (s_lock)
            {
                long now = Stopwatch.GetTimestamp();
                s_awakeAt = Look(now);
                pause = s_awakeAt == long.MaxValue ? Timeout.InfiniteTimeSpan : Stopwatch.GetElapsedTime(now, s_awakeAt);
            }

            // Waits count in whole milliseconds, and a part of one must not become none.
            _ = s_wake.WaitOne(pause < s_shortestPause && pause > TimeSpan.Zero ? s_shortestPause : pause);
        }
    }

    /// <summary>Kicks those whose time has come.</summary>
    /// <returns>When to look next.</returns>
    private static long Look(long now)
    {
        long next = long.MaxValue;
        foreach (InterruptRequest request in s_watched)
        {
            if (request.NextLook <= now)
            {
                TimeSpan longest = request.TryKick() ? s_longestGuestPause : s_longestHostPause;
                TimeSpan pause = request.WaitedAt(now) / LooksPerWait;
                request.NextLook = now + Ticks(pause < s_shortestPause ? s_shortestPause : pause > longest ? longest : pause);
            }

            next = Math.Min(next, request.NextLook);
        }

        return next;
    }

    private static long Ticks(TimeSpan pause) => (long)(pause.TotalSeconds * Stopwatch.Frequency);
}
