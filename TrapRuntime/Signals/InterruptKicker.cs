namespace TrapRuntime.Signals;

/// <summary>
/// Kicks threads again whose first signal found them where no interrupt may land. One thread for the whole process, asleep while
/// there is nobody to kick.
/// </summary>
internal static class InterruptKicker
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(16);
    private static readonly Lock s_lock = new();
    private static readonly List<InterruptRequest> s_watched = [];
    private static bool s_running;

    /// <summary>Keeps kicking until the call has ended.</summary>
    internal static void Watch(InterruptRequest request)
    {
        lock (s_lock)
        {
            s_watched.Add(request);
            if (!s_running)
            {
                s_running = true;
                Thread thread = new(Run) { IsBackground = true, Name = "TrapRuntime interrupts" };
                thread.UnsafeStart();
            }
        }
    }

    private static void Run()
    {
        TimeSpan pause = s_firstPause;
        while (true)
        {
            Thread.Sleep(pause);
            InterruptRequest[] requests;
            lock (s_lock)
            {
                if (s_watched.Count == 0)
                {
                    s_running = false;
                    return;
                }

                requests = [.. s_watched];
            }

            bool kicked = false;
            foreach (InterruptRequest request in requests)
            {
                if (request.TryKickAgain())
                {
                    kicked = true;
                }
                else
                {
                    Forget(request);
                }
            }

            pause = kicked ? TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, s_longestPause.Ticks)) : s_firstPause;
        }
    }

    private static void Forget(InterruptRequest request)
    {
        lock (s_lock)
        {
            _ = s_watched.Remove(request);
        }
    }
}
