using TrapRuntime.Calls;

namespace TrapRuntime;

/// <content>Calls with a deadline.</content>
public static unsafe partial class GuestCall
{
    /// <summary>As <see cref="CatchTraps"/>, for at most a while: then the guest is stopped, wherever it is.</summary>
    /// <param name="timeout">The longest it may take; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="body">As in <see cref="CatchTraps"/>.</param>
    /// <param name="state">What it is given.</param>
    /// <param name="config">What this call wants otherwise than the process.</param>
    /// <param name="handler">A handler that sees this guest's faults first and may mend them.</param>
    /// <param name="cancellationToken">Stops the guest earlier.</param>
    /// <returns>The trap that ended the guest, if any; <see cref="TrapKind.Interrupted"/> when the time was over or the token fired.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative or longer than 49 days. Nothing ran.</exception>
    /// <exception cref="InvalidOperationException">No <see cref="GuestCode"/> holds <paramref name="body"/>. Nothing ran.</exception>
    /// <remarks>
    /// <see cref="CancellationTokenSource.CancelAfter(TimeSpan)"/> and nothing else: the runtime keeps all deadlines in one queue, this library
    /// has no timer of its own. Who calls very often keeps a source and uses <see cref="CancellationTokenSource.TryReset"/>:
    /// <code>
    /// using CancellationTokenSource deadline = new();
    /// foreach (Request request in requests)
    /// {
    ///     deadline.CancelAfter(TimeSpan.FromMilliseconds(50));
    ///     TrapResult result = GuestCall.CatchTraps(body, request.State, cancellationToken: deadline.Token);
    ///     if (!deadline.TryReset())
    ///     {
    ///         break; // it fired
    ///     }
    /// }
    /// </code>
    /// </remarks>
    public static TrapResult CatchTrapsWithin(
        TimeSpan timeout,
        delegate* unmanaged<void*, void> body,
        void* state,
        VMConfig? config = null,
        TrapHandlerFn handler = default,
        CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource source = StartDeadline(timeout, cancellationToken);
        return CatchTraps(body, state, config, handler, source.Token);
    }

    /// <summary>As <see cref="Run"/>, for at most a while: then the guest is stopped, wherever it is.</summary>
    /// <param name="timeout">The longest it may take; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="body">As in <see cref="CatchTraps"/>.</param>
    /// <param name="state">What it is given.</param>
    /// <param name="config">What this call wants otherwise than the process.</param>
    /// <param name="cancellationToken">Stops the guest earlier.</param>
    /// <exception cref="TrapException">The guest ended in a trap.</exception>
    /// <exception cref="OperationCanceledException">The token stopped it.</exception>
    /// <exception cref="TimeoutException">The time was over. The inner exception's trap says where the guest was.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative or longer than 49 days. Nothing ran.</exception>
    /// <exception cref="InvalidOperationException">No <see cref="GuestCode"/> holds <paramref name="body"/>. Nothing ran.</exception>
    /// <remarks>As <see cref="CatchTrapsWithin"/>.</remarks>
    public static void RunWithin(
        TimeSpan timeout,
        delegate* unmanaged<void*, void> body,
        void* state,
        VMConfig? config = null,
        CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource source = StartDeadline(timeout, cancellationToken);
        TrapResult result = CatchTraps(body, state, config, default, source.Token);
        if (!result.IsTrap)
        {
            return;
        }

        if (result.Trap.Kind == TrapKind.Interrupted && source.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The guest was stopped after {timeout}: {result.Trap.Message}.", new TrapException(result.Trap));
        }

        RunFailure.Throw(result.Trap, cancellationToken);
    }

    private static CancellationTokenSource StartDeadline(TimeSpan timeout, CancellationToken cancellationToken)
    {
        CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            source.CancelAfter(timeout);
        }
        catch
        {
            source.Dispose();
            throw;
        }

        if (timeout == TimeSpan.Zero)
        {
            // The timer would give the guest a moment.
            source.Cancel();
        }

        return source;
    }
}
