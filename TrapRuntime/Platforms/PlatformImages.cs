using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.Platforms;

/// <summary>The images that the system's loader has mapped.</summary>
internal static class PlatformImages
{
    /// <summary>Finds the executable segments of the image that holds an address; sorted, empty when there is no such image.</summary>
    /// <exception cref="PlatformNotSupportedException">This platform's loader is not supported.</exception>
    internal static AddressRange[] FindExecutableSegments(nuint address) =>
        OperatingSystem.IsLinux() ? LinuxImages.FindExecutableSegments(address)
        : throw new PlatformNotSupportedException(PlatformSupport.Reason);
}
