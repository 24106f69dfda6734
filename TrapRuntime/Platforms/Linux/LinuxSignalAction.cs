using System.Runtime.InteropServices;

namespace TrapRuntime.Platforms.Linux;

/// <summary>The C library's <c>struct sigaction</c> on Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LinuxSignalAction
{
    internal const int SA_SIGINFO = 4;
    internal const int SA_ONSTACK = 0x0800_0000;
    internal const int SA_RESTART = 0x1000_0000;
    internal const int SA_NODEFER = 0x4000_0000;
    internal const int SA_RESETHAND = unchecked((int)0x8000_0000);
    internal const nint SIG_DFL = 0;
    internal const nint SIG_IGN = 1;

    /// <summary>1024 signals, one bit each.</summary>
    internal const int MaskWords = 16;

    internal nint sa_handler;
    internal fixed ulong sa_mask[MaskWords];
    internal int sa_flags;
    internal nint sa_restorer;
}
