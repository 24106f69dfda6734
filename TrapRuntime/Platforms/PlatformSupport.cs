using System.Runtime.InteropServices;

namespace TrapRuntime.Platforms;

/// <summary>Which operating systems and processors this build can serve, and why it cannot serve the others.</summary>
internal static class PlatformSupport
{
    /// <summary>Gets a value indicating whether guest code can run here.</summary>
    internal static bool IsSupported { get; } =
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Gets the sentence that a <see cref="PlatformNotSupportedException"/> carries.</summary>
    internal static string Reason =>
        $"TrapRuntime cannot run guest code on {RuntimeInformation.RuntimeIdentifier}: "
        + $"no signal path has been written for {RuntimeInformation.OSDescription} on {RuntimeInformation.ProcessArchitecture}. "
        + "Supported: linux-x64. Ask TrapHandlers.IsSupported first.";
}
