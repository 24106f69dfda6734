using System.Diagnostics.CodeAnalysis;

namespace TrapRuntime.Calls;

/// <summary>Turns a trap into the exception a throwing call ends in.</summary>
internal static class RunFailure
{
    /// <summary>Throws for a trap.</summary>
    /// <exception cref="OperationCanceledException">A token stopped the guest: this call's, or that of a call around it.</exception>
    /// <exception cref="TrapException">Anything else.</exception>
    [DoesNotReturn]
    internal static void Throw(Trap trap, CancellationToken token)
    {
        if (trap.Kind == TrapKind.Interrupted)
        {
            throw new OperationCanceledException(trap.Message, new TrapException(trap), CancellableRun.FiredToken(token));
        }

        throw new TrapException(trap);
    }
}
