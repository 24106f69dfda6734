using System.Runtime.InteropServices;

namespace TrapRuntime.Platforms.Linux;

/// <summary>The <c>stack_t</c> of sigaltstack(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinuxSignalStack
{
    internal const int SS_ONSTACK = 1;
    internal const int SS_DISABLE = 2;

    internal nuint ss_sp;
    internal int ss_flags;
    internal nuint ss_size;
}
