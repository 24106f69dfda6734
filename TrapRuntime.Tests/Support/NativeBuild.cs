using System.Collections.Concurrent;
using System.Diagnostics;

namespace TrapRuntime.Tests.Support;

/// <summary>The C helpers in Native/, compiled once per run. Needs <c>gcc</c> on the path; a test without it fails, it is not skipped.</summary>
internal static class NativeBuild
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> s_built = new();

    /// <summary>Gets the path of a shared library made from one C file.</summary>
    internal static string Library(string name) => Built(name, $"lib{name}.so", "-shared", "-fPIC");

    /// <summary>Gets the path of a program made from one C file.</summary>
    internal static string Program(string name) => Built(name, name, "-ldl", "-lpthread");

    private static string Built(string name, string output, params string[] options) =>
        s_built.GetOrAdd(output, _ => new Lazy<string>(() => Compile(name, output, options))).Value;

    private static string Compile(string name, string output, string[] options)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Native");
        string path = Path.Combine(folder, output);
        ProcessStartInfo start = new("gcc", ["-O1", "-Wall", "-Wextra", "-Werror", Path.Combine(folder, name + ".c"), "-o", path, .. options])
        {
            RedirectStandardError = true,
        };
        using Process compiler = Process.Start(start)!;
        string errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? path : throw new InvalidOperationException(errors);
    }
}
