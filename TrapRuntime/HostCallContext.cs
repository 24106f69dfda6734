using TrapRuntime.Activations;

namespace TrapRuntime;

/// <summary>One call of a host function by guest code.</summary>
public ref struct HostCallContext
{
    internal HostCallContext(ReadOnlySpan<GuestValue> arguments) => Arguments = arguments;

    /// <summary>Gets the arguments, one for each parameter of the signature.</summary>
    public ReadOnlySpan<GuestValue> Arguments { get; }

    /// <summary>Gets the trap code that the guest is to end in, or <see cref="TrapCode.None"/>.</summary>
    internal TrapCode Code { get; private set; }

    /// <summary>Gets the error that the guest is to end in, or null.</summary>
    internal Exception? Error { get; private set; }

    /// <summary>Ends the guest with a trap code, without the cost of an exception: <c>return call.Trap(code);</c>.</summary>
    /// <param name="code">Any code but <see cref="TrapCode.None"/>.</param>
    /// <returns>A value to return; nobody reads it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The code is none of the enumeration.</exception>
    /// <remarks>Wasmer: <c>raise_lib_trap</c>.</remarks>
    public GuestValue Trap(TrapCode code)
    {
        HostCall.RequireCode(code);
        Code = code;
        Error = null;
        return default;
    }

    /// <summary>Ends the guest with an error of the host's, without the cost of an exception: <c>return call.Trap(error);</c>.</summary>
    /// <param name="error">Becomes <see cref="Trap.UserError"/>.</param>
    /// <returns>A value to return; nobody reads it.</returns>
    /// <exception cref="ArgumentNullException">The error is null.</exception>
    /// <remarks>Wasmer: <c>raise_user_trap</c>.</remarks>
    public GuestValue Trap(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Code = TrapCode.None;
        Error = error;
        return default;
    }
}
