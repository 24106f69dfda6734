using System.Diagnostics;
using TrapRuntime.Activations;

namespace TrapRuntime.Signals;

/// <summary>
/// A guest call that a token may stop, kept by its thread and used again by the next call at the same depth. The thread's attention count
/// is the truth, set before any signal is sent; the signal only makes the thread look at it.
/// </summary>
/// <param name="thread">The thread whose calls these are.</param>
/// <param name="outer">The request of the call that these are nested in; null for the one that stands for no call.</param>
internal sealed unsafe class InterruptRequest(ThreadBlock* thread, InterruptRequest? outer)
{
    private readonly ThreadBlock* _thread = thread;
    private InterruptRequest? _inner;
    private bool _fired;
    private long _firedAt;

    /// <summary>Gets the request of the call that this one is nested in, or null.</summary>
    internal InterruptRequest? Outer { get; } = outer;

    /// <summary>Gets the request of calls that are nested in this one.</summary>
    internal InterruptRequest Inner => _inner ??= new InterruptRequest(_thread, this);

    /// <summary>Gets or sets the token of the call under way.</summary>
    internal CancellationToken Token { get; set; }

    /// <summary>Gets a value indicating whether the token fired during the call.</summary>
    internal bool HasFired => Volatile.Read(ref _fired);

    /// <summary>Gets or sets when the kicker looks at it again, by the stopwatch. The kicker's lock guards it.</summary>
    internal long NextLook { get; set; }

    /// <summary>Gets or sets its place in the kicker's list. The kicker's lock guards it.</summary>
    internal int WatchIndex { get; set; } = InterruptKicker.NotWatched;

    /// <summary>The token fires: the callback of its registration, which the call takes back before it ends. So the thread is alive.</summary>
    internal void Fire()
    {
        _firedAt = Stopwatch.GetTimestamp();
        Volatile.Write(ref _fired, true);
        _ = Interlocked.Increment(ref _thread->Attention);

        // A thread that fires at itself is on its host stack, and looks before a guest goes on.
        if (_thread == CurrentThread.BlockOrNull || !InterruptSender.CanSend)
        {
            return;
        }

        _ = TryKick();
        InterruptKicker.Watch(this, _firedAt);
    }

    /// <summary>The call has ended and its registration was taken back: nobody fires any more.</summary>
    internal void Close()
    {
        Token = default;
        if (_fired)
        {
            InterruptKicker.Forget(this);
            _fired = false;
            _ = Interlocked.Decrement(ref _thread->Attention);
        }
    }

    /// <summary>How long the call has been due to end.</summary>
    internal TimeSpan WaitedAt(long now) => Stopwatch.GetElapsedTime(_firedAt, now);

    /// <summary>Sends the signal unless the thread runs host code: that looks by itself before a guest starts or goes on.</summary>
    /// <returns>False if there was no need to send it.</returns>
    /// <safety>The call cannot end meanwhile: its registration is being fired, or the kicker's lock holds it.</safety>
    internal bool TryKick()
    {
        // SAFETY: the activation lies on the stack of a living thread. If it has just ended, the word read is any word: then this
        // kick is one too many, which is harmless, or one too few, and the kicker looks again.
        Activation* innermost = (Activation*)Volatile.Read(ref *(nint*)&_thread->Innermost);
        if (innermost == null || innermost->HostCallFrame != 0)
        {
            return false;
        }

        InterruptSender.Send(_thread->Thread);
        return true;
    }
}
