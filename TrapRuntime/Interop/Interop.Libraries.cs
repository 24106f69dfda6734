namespace TrapRuntime.Interop;

/// <summary>The names of the system libraries that the interop types bind to.</summary>
internal static class Libraries
{
    /// <summary>The C library of Linux and macOS. Both runtimes map this name to the file the system really has.</summary>
    internal const string Libc = "libc";
}
