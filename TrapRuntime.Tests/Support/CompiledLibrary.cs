using System.Diagnostics;

namespace TrapRuntime.Tests.Support;

/// <summary>A shared library made from a file of <c>Native/</c> by the system's C compiler, for as long as the test runs.</summary>
internal sealed class CompiledLibrary : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("traplib");

    internal CompiledLibrary(string source)
    {
        FileName = Path.Combine(_folder.FullName, Path.ChangeExtension(source, ".so"));
        ProcessStartInfo start = new("gcc", ["-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", FileName, Path.Combine(AppContext.BaseDirectory, "Native", source)])
        {
            RedirectStandardError = true,
        };
        using Process compiler = Process.Start(start)!;
        string errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        if (compiler.ExitCode != 0)
        {
            throw new InvalidOperationException($"gcc could not build {source}: {errors}");
        }
    }

    internal string FileName { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
