namespace TrapRuntime.Tests.Support;

/// <summary>Where the sources are, seen from the test executable.</summary>
internal static class Repository
{
    /// <summary>Gets the folder that holds all projects.</summary>
    internal static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        Directory.Exists(Path.Combine(folder, "TrapRuntime.AotSmoke")) ? folder
        : Path.GetDirectoryName(folder) is string parent ? Find(parent)
        : throw new DirectoryNotFoundException("The tests run outside the repository: no folder above them holds TrapRuntime.AotSmoke.");
}
