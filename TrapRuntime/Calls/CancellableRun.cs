using System.Runtime.CompilerServices;
using TrapRuntime.Activations;
using TrapRuntime.Diagnostics;
using TrapRuntime.Signals;

namespace TrapRuntime.Calls;

/// <summary>The path of guest calls whose token may fire.</summary>
/// <remarks>
/// From the registration on, the token raises the thread's attention count, and every way into a guest tests that count: the door, the return
/// from a host function. The thread's count, and not one of the call: whichever guest is innermost ends, and so do those around it, up to
/// the call whose token fired, which takes back what it raised.
/// </remarks>
internal static unsafe class CancellableRun
{
    private static readonly Action<object?> s_fire = static request => Unsafe.As<InterruptRequest>(request!).Fire();

    [ThreadStatic]
    private static InterruptRequest? t_innermost;

    /// <summary>As <see cref="GuestRun.Enter"/>, under a token. A token that has fired already keeps the guest from running at all.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static TrapResult Enter(
        nint function, nuint entry, void* argument, VMConfig? config, nint customHandler, CancellationToken token)
    {
        if (token.IsCancellationRequested)
        {
            return Refuse(entry, config);
        }

        InterruptRequest outer = t_innermost ?? new InterruptRequest(ThreadSetup.Ensure(), null);
        InterruptRequest request = outer.Inner;
        CancellationTokenRegistration registration = default;
        t_innermost = request;
        request.Token = token;
        try
        {
            // The guest is entered in a method of its own: CoreCLR makes transitions to native code inline only outside try blocks.
            registration = token.UnsafeRegister(s_fire, request);
            return GuestRun.Enter(function, entry, argument, config, customHandler);
        }
        catch (OperationCanceledException stopped) when (IsOwn(stopped, request))
        {
            // The guest's host function let out what an inner Run threw because of this very token.
            return new TrapResult(((TrapException)stopped.InnerException!).Trap);
        }
        finally
        {
            TakeBack(registration);
            t_innermost = outer;
            request.Close();
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
            request = request.Outer;
        }

        return request is null ? own : request.Token;
    }

    /// <summary>Takes a registration back. Waits for a callback that is under way, so that no late one strikes the thread's next call.</summary>
    /// <remarks>Nor may <see cref="Thread.Interrupt"/> cut that short: the thread is interrupted again where it next blocks.</remarks>
    internal static void TakeBack(CancellationTokenRegistration registration)
    {
        bool isInterrupted = false;
        while (true)
        {
            try
            {
                registration.Dispose();
                break;
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }
        }

        if (isInterrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }

    private static bool IsOwn(OperationCanceledException stopped, InterruptRequest request) =>
        request.HasFired
        && stopped.CancellationToken == request.Token
        && stopped.InnerException is TrapException { Trap.Kind: TrapKind.Interrupted };

    // A mistake of the caller's comes first, token or not.
    private static TrapResult Refuse(nuint entry, VMConfig? config)
    {
        ThreadBlock* thread = ThreadSetup.Ensure();
        EntryCheck.Check(thread, entry, config is null ? thread->CodePolicy : RunSettings.Of(config, thread).CodePolicy);
        Trap trap = Landing.InterruptedAtDoor(entry);
        TrapCounters.Count(thread, trap);
        return new TrapResult(trap);
    }
}
