namespace TrapRuntime.Tests.Support;

/// <summary>TrapRuntime.AotShared, published by NativeAOT once per run.</summary>
internal static class SharedLibrary
{
    private const string Name = "TrapRuntime.AotShared";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private static readonly Lazy<string> s_path = new(Publish);

    /// <summary>Gets its path.</summary>
    internal static string Path => s_path.Value;

    private static string Publish()
    {
        string folder = System.IO.Path.Combine(AppContext.BaseDirectory, "Shared");
        ProcessResult result = Processes.Run(
            ["dotnet", "publish", Repository.PathOf(Name), "-r", "linux-x64", "-c", "Release", "-v", "q", "-o", folder], [], s_patience);
        return result.ExitCode == 0
            ? System.IO.Path.Combine(folder, Name + ".so")
            : throw new InvalidOperationException(result.ToString());
    }
}
