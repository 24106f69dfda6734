namespace TrapRuntime.Tests.Support;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Gets the folder that holds the solution.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>Gets the full path of a file.</summary>
    internal static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Reads a file.</summary>
    internal static string[] ReadLines(string relative) => File.ReadAllLines(PathOf(relative));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TrapRuntime.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run from inside the repository.");
    }
}
