using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TrapRuntime.Tests.Support;

/// <summary>A shared library made from a C file beside the tests by the system's C compiler, for as long as the test runs. A test without gcc fails, it is not skipped.</summary>
internal sealed class CompiledLibrary : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("traplib");

    /// <summary>Compiles a file of <c>Native/</c>.</summary>
    internal CompiledLibrary(string source)
        : this("Native", source)
    {
    }

    private CompiledLibrary(string folder, string source)
    {
        FileName = Path.Combine(_folder.FullName, Path.ChangeExtension(source, ".so"));
        ProcessStartInfo start = new("gcc", ["-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-fno-omit-frame-pointer", "-o", FileName, Path.Combine(AppContext.BaseDirectory, folder, source)])
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

    /// <summary>Compiles a file, named from the tests' folder on, and loads the result for good; the file itself need not outlive that.</summary>
    /// <returns>The library's handle.</returns>
    internal static nint Load(string source)
    {
        using CompiledLibrary library = new(Path.GetDirectoryName(source)!, Path.GetFileName(source));
        return NativeLibrary.Load(library.FileName);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
