using System.Runtime.InteropServices;

namespace TrapRuntime.Platforms;

/// <summary>What a signal does, in terms that Unix systems share. Flags are the system's own bits.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SignalAction
{
    /// <summary>Room for the largest signal mask: 1024 signals on Linux.</summary>
    internal const int MaskWords = 16;

    /// <summary>The handler's address, 0 for the default, 1 for ignore.</summary>
    internal nint Handler;

    /// <summary>The flags.</summary>
    internal nint Flags;

    /// <summary>The signals that are blocked while the handler runs.</summary>
    internal fixed ulong Mask[MaskWords];
}
