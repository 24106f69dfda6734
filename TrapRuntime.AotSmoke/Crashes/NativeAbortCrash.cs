using System.Runtime.InteropServices;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>Native code calls abort(3).</summary>
internal sealed partial class NativeAbortCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "native-abort";

    /// <inheritdoc/>
    public string Summary => "native code calls abort";

    /// <inheritdoc/>
    public void Die(bool without) => Abort();

    [LibraryImport("libc", EntryPoint = "abort")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Abort();
}
