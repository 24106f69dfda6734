using System.Diagnostics.CodeAnalysis;
using TrapRuntime.Activations;

namespace TrapRuntime.Calls;

/// <summary>
/// Carries a raise from a host function's depths to its entry, running <c>finally</c> blocks on the way: a managed frame is never
/// skipped. Host code that catches every exception stops it like any other.
/// </summary>
[SuppressMessage("Design", "CA1032", Justification = "Only this library throws it, always with a raise.")]
[SuppressMessage("Design", "CA1064", Justification = "Nobody outside can do anything with it but let it pass.")]
internal sealed class GuestEndException(HostRaise raise) : Exception("The guest that called this host function is to end.")
{
    /// <summary>Gets how the guest is to end.</summary>
    internal HostRaise Raise { get; } = raise;
}
