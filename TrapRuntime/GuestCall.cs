using System.Diagnostics.CodeAnalysis;
using TrapRuntime.Calls;

namespace TrapRuntime;

/// <summary>Calls from the host into guest code, on a guest stack, whose faults come back as values.</summary>
/// <remarks>
/// Thread-safe; calls nest through host functions. The guest holds no managed frame: a trap gives its stack up as it stands, so what a guest
/// function (or a native library it called) had allocated or locked stays so.
/// </remarks>
public static unsafe class GuestCall
{
    /// <summary>Runs <c>body(state)</c> on a guest stack.</summary>
    /// <param name="body">The guest function, in announced code unless the policy says otherwise. Never a managed method.</param>
    /// <param name="state">What it is given.</param>
    /// <param name="config">What this call wants otherwise than the process.</param>
    /// <param name="handler">A handler that sees this guest's faults first and may mend them.</param>
    /// <param name="cancellationToken">Stops the guest, wherever it is; if cancelled already, the guest never runs.</param>
    /// <returns>The trap that ended the guest, if any; <see cref="TrapKind.Interrupted"/> when the token did.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="InvalidOperationException">No <see cref="GuestCode"/> holds <paramref name="body"/>. Nothing ran.</exception>
    /// <exception cref="OutOfMemoryException">This is the thread's first call, and there is no memory for its signal stack. Nothing ran.</exception>
    /// <exception cref="Exception">Whatever a host function let out: the same object, with its stack trace.</exception>
    /// <remarks>Wasmer: <c>catch_traps</c>.</remarks>
    public static TrapResult CatchTraps(
        delegate* unmanaged<void*, void> body,
        void* state,
        VMConfig? config = null,
        TrapHandlerFn handler = default,
        CancellationToken cancellationToken = default)
    {
        if (body == null)
        {
            ThrowNullBody();
        }

        return cancellationToken.CanBeCanceled
            ? CancellableRun.Enter((nint)body, (nuint)body, state, config, handler.Address, cancellationToken)
            : GuestRun.Enter((nint)body, (nuint)body, state, config, handler.Address, null);
    }

    /// <summary>Runs <c>body(state)</c> on a guest stack, and throws what it ended in.</summary>
    /// <inheritdoc cref="CatchTraps"/>
    /// <exception cref="TrapException">The guest ended in a trap.</exception>
    /// <exception cref="OperationCanceledException">The token stopped it.</exception>
    public static void Run(
        delegate* unmanaged<void*, void> body,
        void* state,
        VMConfig? config = null,
        CancellationToken cancellationToken = default)
    {
        TrapResult result = CatchTraps(body, state, config, default, cancellationToken);
        if (result.IsTrap)
        {
            RunFailure.Throw(result.Trap, cancellationToken);
        }
    }

    [DoesNotReturn]
    private static void ThrowNullBody() => throw new ArgumentNullException("body", "There is no guest function to run.");
}
