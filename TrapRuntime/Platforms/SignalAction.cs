using System.Runtime.InteropServices;

namespace TrapRuntime.Platforms;

/// <summary>What a signal does, in terms that Unix systems share. Flags are the system's own bits.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SignalAction
{
    /// <summary>Room for the largest signal mask: 1024 signals on Linux.</summary>
    internal const int MaskWords = 16;

    /// <summary>Stands where a handler's address would, for the default action.</summary>
    internal const nint DefaultHandler = 0;

    /// <summary>Stands where a handler's address would, for a signal that is ignored.</summary>
    internal const nint IgnoreHandler = 1;

    /// <summary>The handler's address, 0 for the default, 1 for ignore.</summary>
    internal nint Handler;

    /// <summary>The flags.</summary>
    internal nint Flags;

    /// <summary>The signals that are blocked while the handler runs.</summary>
    internal fixed ulong Mask[MaskWords];

    /// <summary>Gets a value indicating whether there is a handler at all, whatever the flags say.</summary>
    internal readonly bool HasHandler => Handler is not (DefaultHandler or IgnoreHandler);
}
