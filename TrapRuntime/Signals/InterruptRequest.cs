using TrapRuntime.Activations;

namespace TrapRuntime.Signals;

/// <summary>One guest call that a token may stop. The pending word is the truth; the signal only makes the thread look at it.</summary>
internal sealed unsafe class InterruptRequest(InterruptRequest? parent, CancellationToken token)
{
    private readonly Lock _lock = new();
    private Activation* _activation;
    private bool _fired;

    /// <summary>Gets the request of the call that this one is nested in.</summary>
    internal InterruptRequest? Parent { get; } = parent;

    /// <summary>Gets the call's token.</summary>
    internal CancellationToken Token { get; } = token;

    /// <summary>Gets a value indicating whether the token fired while the call was open.</summary>
    internal bool HasFired => _fired;

    /// <summary>The call begins: from now on the token may strike.</summary>
    internal void Open(Activation* activation)
    {
        lock (_lock)
        {
            _activation = activation;
            if (_fired)
            {
                Mark(activation);
            }
        }
    }

    /// <summary>The call has ended: the token can no longer reach it.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            if (_fired)
            {
                _ = Interlocked.Decrement(ref _activation->Thread->Attention);
            }

            _activation = null;
        }
    }

    /// <summary>The token fires.</summary>
    internal void Fire()
    {
        lock (_lock)
        {
            _fired = true;
            if (_activation != null)
            {
                Mark(_activation);
                _ = TryKick();
                InterruptKicker.Watch(this);
            }
        }
    }

    /// <summary>Sends the signal once more.</summary>
    /// <returns>False when the call has ended.</returns>
    internal bool TryKickAgain()
    {
        lock (_lock)
        {
            return TryKick();
        }
    }

    private static void Mark(Activation* activation)
    {
        _ = Interlocked.Or(ref activation->Pending, (int)ActivationPending.Interrupt);
        _ = Interlocked.Increment(ref activation->Thread->Attention);
    }

    // The lock keeps the call, and with it the thread, from ending while the signal is sent.
    private bool TryKick()
    {
        if (_activation == null)
        {
            return false;
        }

        InterruptSender.Send(_activation->Thread->Thread);
        return true;
    }
}
