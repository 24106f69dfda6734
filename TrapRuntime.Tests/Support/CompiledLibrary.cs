using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TrapRuntime.Tests.Support;

/// <summary>A shared library made of C by gcc, loaded into this process and never unloaded. A test without gcc fails, it is not skipped.</summary>
internal static class CompiledLibrary
{
    /// <summary>Compiles a file that lies beside the tests' sources and loads the result.</summary>
    /// <returns>The library's handle.</returns>
    internal static nint Load(string source)
    {
        string library = Path.Combine(Directory.CreateTempSubdirectory("traps-").FullName, "library.so");
        using Process compiler = Process.Start(
            "gcc", ["-O2", "-shared", "-fPIC", "-fno-omit-frame-pointer", "-o", library, Path.Combine(AppContext.BaseDirectory, source)]);
        compiler.WaitForExit();
        return compiler.ExitCode == 0
            ? NativeLibrary.Load(library)
            : throw new InvalidOperationException($"gcc could not compile {source}.");
    }
}
