using System.Runtime.CompilerServices;
using TrapRuntime.Activations;
using TrapRuntime.Signals;

namespace TrapRuntime.Calls;

/// <summary>The path of guest calls whose token may fire.</summary>
internal static unsafe class CancellableRun
{
    [ThreadStatic]
    private static InterruptRequest? t_innermost;

    /// <summary>As <see cref="GuestRun.Enter"/>, under a token. A token that has fired already keeps the guest from running at all.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static TrapResult Enter(
        nint function, nuint entry, void* argument, VMConfig? config, nint customHandler, CancellationToken token)
    {
        InterruptRequest? parent = t_innermost;
        InterruptRequest request = new(parent, token);
        t_innermost = request;
        CancellationTokenRegistration registration = token.UnsafeRegister(static state => ((InterruptRequest)state!).Fire(), request);
        try
        {
            return GuestRun.Enter(function, entry, argument, config, customHandler, request);
        }
        finally
        {
            registration.Dispose();
            t_innermost = parent;
        }
    }

    /// <summary>Finds the token that stopped a guest of this thread: its own, or the nearest one around it that fired.</summary>
    internal static CancellationToken FiredToken(CancellationToken own)
    {
        if (own.IsCancellationRequested)
        {
            return own;
        }

        InterruptRequest? request = t_innermost;
        while (request is not null && !request.HasFired)
        {
            request = request.Parent;
        }

        return request is null ? own : request.Token;
    }
}
