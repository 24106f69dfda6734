using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.Platforms;

/// <summary>How much stack the system needs to deliver a signal.</summary>
internal static class SignalFrame
{
    /// <summary>Gets the bytes below the stack pointer that a delivery may touch.</summary>
    internal static nuint Size { get; } = OperatingSystem.IsLinux() ? LinuxSignalFrame.GetSize() : 0;
}
