using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.Platforms;

/// <summary>The running system's fault numbers, in neutral terms.</summary>
internal static class PlatformFaults
{
    /// <summary>Translates a signal and its reason.</summary>
    internal static FaultKind KindOf(int signal, int code) =>
        OperatingSystem.IsLinux() ? LinuxFaults.KindOf(signal, code)
        : throw new PlatformNotSupportedException(PlatformSupport.Reason);

    /// <summary>Gives the name of a signal, as the system's manual writes it.</summary>
    internal static string NameOf(int signal) =>
        OperatingSystem.IsLinux() ? LinuxFaults.NameOf(signal)
        : throw new PlatformNotSupportedException(PlatformSupport.Reason);
}
