using System.Runtime.ExceptionServices;

namespace TrapRuntime.Activations;

/// <summary>Why a host function ended its guest.</summary>
/// <remarks>Wasmer: <c>UnwindReason</c>.</remarks>
internal sealed class HostRaise
{
    private HostRaise()
    {
    }

    /// <summary>Gets the trap code of a library trap.</summary>
    internal TrapCode Code { get; private init; }

    /// <summary>Gets the error of a user trap.</summary>
    internal Exception? UserError { get; private init; }

    /// <summary>Gets the exception that crosses the guest, to be rethrown by the caller.</summary>
    internal ExceptionDispatchInfo? Carried { get; private init; }

    internal static HostRaise Library(TrapCode code) => new() { Code = code };

    internal static HostRaise User(Exception error) => new() { UserError = error };

    internal static HostRaise Exception(Exception error) => new() { Carried = ExceptionDispatchInfo.Capture(error) };
}
