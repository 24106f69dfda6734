using System.Runtime.InteropServices;

namespace TrapRuntime.AotSmoke.Bench;

/// <summary>Unmanaged-callable methods for guests to call.</summary>
internal static class HostTargets
{
    /// <summary>Does nothing.</summary>
    [UnmanagedCallersOnly]
    internal static void Nothing()
    {
    }
}
