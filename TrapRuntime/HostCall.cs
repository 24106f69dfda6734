using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TrapRuntime.Activations;
using TrapRuntime.Calls;
using TrapRuntime.Signals;

namespace TrapRuntime;

/// <summary>What host functions can do with the guest that called them, and what guest code can ask of this library by address.</summary>
/// <remarks>Thread-safe; each member speaks of the calling thread's innermost guest.</remarks>
[SuppressMessage("Design", "CA1030", Justification = "To raise a trap is the field's word; no event is meant.")]
public static class HostCall
{
    /// <summary>
    /// Gets the address of <c>void (int trapCode)</c> for guest code and the libraries it calls: ends the guest with a code of
    /// <see cref="TrapCode"/> (an unknown one becomes <see cref="TrapCode.None"/>). Never returns. On the host stack, with or without a guest, it faults.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">Guests cannot run on this platform.</exception>
    /// <remarks>Wasmer: <c>wasmer_vm_raise_trap</c>.</remarks>
    public static nint NativeRaiseTrap => TrapPath.Ensure().Thunks.NativeRaise;

    /// <summary>
    /// Gets the address of <c>void (void (*function)(void*), void* argument)</c> for guest code: runs an unmanaged function on the host
    /// stack, in place when already there.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">Guests cannot run on this platform.</exception>
    /// <remarks>Wasmer: <c>on_host_stack</c>.</remarks>
    public static nint NativeOnHostStack => TrapPath.Ensure().Thunks.NativeOnHostStack;

    /// <summary>Runs an action on the host stack. Managed code never runs anywhere else, so this calls it.</summary>
    /// <typeparam name="TState">What the action works on.</typeparam>
    /// <param name="state">What the action works on.</param>
    /// <param name="action">The action.</param>
    /// <exception cref="ArgumentNullException">The action is null.</exception>
    /// <remarks>Wasmer: <c>on_host_stack</c>.</remarks>
    public static void OnHostStack<TState>(ref TState state, HostAction<TState> action)
        where TState : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(action);
        action(ref state);
    }

    /// <summary>Ends the guest that called this host function: its caller gets <see cref="TrapKind.User"/> with the error.</summary>
    /// <param name="error">Becomes <see cref="Trap.UserError"/>.</param>
    /// <exception cref="ArgumentNullException">The error is null.</exception>
    /// <exception cref="InvalidOperationException">No guest is waiting for a host function on this thread.</exception>
    /// <remarks>Throws a private exception up to the host function's entry, so <c>finally</c> blocks run. Wasmer: <c>raise_user_trap</c>.</remarks>
    [DoesNotReturn]
    public static void RaiseUserTrap(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        RequireGuest(nameof(RaiseUserTrap));
        throw new GuestEndException(HostRaise.User(error));
    }

    /// <summary>Ends the guest that called this host function: its caller gets <see cref="TrapKind.Library"/> with the code.</summary>
    /// <param name="code">Any code but <see cref="TrapCode.None"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code is none of the enumeration.</exception>
    /// <exception cref="InvalidOperationException">No guest is waiting for a host function on this thread.</exception>
    /// <remarks>Throws a private exception up to the host function's entry, so <c>finally</c> blocks run. Wasmer: <c>raise_lib_trap</c>.</remarks>
    [DoesNotReturn]
    public static void RaiseLibTrap(TrapCode code)
    {
        RequireCode(code);
        RequireGuest(nameof(RaiseLibTrap));
        throw new GuestEndException(HostRaise.Library(code));
    }

    /// <summary>Ends the guest that called this host function: its caller gets the exception, the same object.</summary>
    /// <param name="error">The exception to go on with.</param>
    /// <exception cref="ArgumentNullException">The error is null.</exception>
    /// <exception cref="InvalidOperationException">No guest is waiting for a host function on this thread.</exception>
    /// <remarks>Wasmer: <c>resume_panic</c>.</remarks>
    [DoesNotReturn]
    public static void ResumePanic(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        RequireGuest(nameof(ResumePanic));
        throw new GuestEndException(HostRaise.Exception(error));
    }

    /// <summary>Refuses codes that say nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The code is none of the enumeration.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void RequireCode(TrapCode code)
    {
        if (code is <= TrapCode.None or > TrapCode.HostInterrupt)
        {
            ThrowCode(code);
        }
    }

    [DoesNotReturn]
    private static void ThrowCode(TrapCode code) =>
        throw new ArgumentOutOfRangeException(nameof(code), code, "A trap is raised with one of the codes of TrapCode, and not None.");

    private static unsafe void RequireGuest(string what)
    {
        ThreadBlock* thread = CurrentThread.BlockOrNull;
        if (thread == null || thread->Innermost == null || thread->Innermost->HostCallFrame == 0)
        {
            throw new InvalidOperationException(
                $"HostCall.{what} ends the guest that called a host function, and no guest on this thread is waiting for one. "
                + "Throw an ordinary exception instead.");
        }
    }
}
