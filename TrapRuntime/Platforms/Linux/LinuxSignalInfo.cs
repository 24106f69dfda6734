using System.Runtime.InteropServices;

namespace TrapRuntime.Platforms.Linux;

/// <summary>The <c>siginfo_t</c> of Linux on 64-bit processors, as far as faults and queued signals fill it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct LinuxSignalInfo
{
    /// <summary>The kernel made the signal, without saying more.</summary>
    internal const int SI_KERNEL = 0x80;

    /// <summary>Sent by sigqueue(3), with a value.</summary>
    internal const int SI_QUEUE = -1;

    [FieldOffset(0)]
    internal int si_signo;

    [FieldOffset(4)]
    internal int si_errno;

    [FieldOffset(8)]
    internal int si_code;

    /// <summary>Faults: the address.</summary>
    [FieldOffset(16)]
    internal nuint si_addr;

    /// <summary>Queued signals: the sender.</summary>
    [FieldOffset(16)]
    internal int si_pid;

    /// <summary>Queued signals: the sender's user.</summary>
    [FieldOffset(20)]
    internal int si_uid;

    /// <summary>Queued signals: the value.</summary>
    [FieldOffset(24)]
    internal nuint si_value;
}
