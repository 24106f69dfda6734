using System.Security.Cryptography;
using System.Text;
using TrapRuntime.WasmSuite.Tools;

namespace TrapRuntime.WasmSuite.Modules;

/// <summary>Turns WebAssembly modules into shared libraries, by wasm2c and gcc. What it built once it finds again, by content.</summary>
/// <param name="folder">Where the libraries are kept.</param>
internal sealed class ModuleBuilder(string folder)
{
    private const string LibraryName = "module.so";
    private const string ReasonName = "refused.txt";

    private static readonly string[] s_flags =
    [
        "-O2", "-shared", "-fPIC", "-w", "-std=gnu17",
        "-fvisibility=hidden", // a symbol of one module must not stand in for that of another
        "-Wl,-z,now", // the dynamic linker must not run on the last bytes of a guest stack
        "-Werror=incompatible-pointer-types", // the order of the modules that an instance imports from
        "-fno-strict-aliasing", // imports pass for instances, see suite.h
        "-fno-optimize-sibling-calls", "-frounding-math", "-fsignaling-nans", // wabt's own list: endless recursion stays one, NaNs keep their bits
        "-fstack-clash-protection", // no frame jumps over the guard
        "-fno-omit-frame-pointer", // back-traces
    ];

    private static readonly string s_header = Resource.Read("suite.h");

    /// <summary>Reads a module's imports and exports.</summary>
    internal static BuiltModule ReadOutline(string wasmPath)
    {
        try
        {
            return new BuiltModule(null, OutlineReader.Read(File.ReadAllBytes(wasmPath)), "it was not compiled");
        }
        catch (NotSupportedException unsupported)
        {
            return new BuiltModule(null, null, unsupported.Message);
        }
    }

    /// <summary>Builds a module, or finds out why it cannot be.</summary>
    internal BuiltModule Build(string wasmPath, WabtFeatures features)
    {
        BuiltModule module = ReadOutline(wasmPath);
        if (module.Outline is null)
        {
            return module;
        }

        try
        {
            string shim = new ShimWriter(module.Outline).Write();
            string place = Path.Combine(folder, KeyOf(File.ReadAllBytes(wasmPath), shim, features));
            string library = Path.Combine(place, LibraryName);
            string reason = Path.Combine(place, ReasonName);
            if (!File.Exists(library) && !File.Exists(reason))
            {
                Compile(wasmPath, module.Outline, shim, features, place);
            }

            return File.Exists(library)
                ? new BuiltModule(library, module.Outline, null)
                : module with { Reason = File.ReadAllText(reason) };
        }
        catch (NotSupportedException unsupported)
        {
            return module with { Reason = unsupported.Message };
        }
    }

    // Built aside and moved in place whole: other threads and processes may be building the same.
    private static void Compile(string wasmPath, ModuleOutline outline, string shim, WabtFeatures features, string place)
    {
        string aside = $"{place}.{Guid.NewGuid():n}";
        Directory.CreateDirectory(aside);
        try
        {
            string? reason = Compile(wasmPath, outline, shim, features.CompilerFlags, aside);
            if (reason is not null)
            {
                File.WriteAllText(Path.Combine(aside, ReasonName), reason);
            }

            Directory.CreateDirectory(place);
            string result = reason is null ? LibraryName : ReasonName;
            File.Move(Path.Combine(aside, result), Path.Combine(place, result), overwrite: true);
        }
        finally
        {
            Directory.Delete(aside, recursive: true);
        }
    }

    private static string? Compile(string wasmPath, ModuleOutline outline, string shim, IReadOnlyList<string> features, string place)
    {
        string code = Path.Combine(place, "module.c");
        ToolResult wasm2c = Tool.Run("wasm2c", [wasmPath, "-n", ShimWriter.ModuleName, "-o", code, .. features]);
        if (!wasm2c.Succeeded)
        {
            return $"wasm2c: {wasm2c.FirstComplaint}";
        }

        foreach (string text in new[] { code, Path.ChangeExtension(code, ".h") })
        {
            File.WriteAllText(text, GeneratedCode.Correct(File.ReadAllText(text), outline));
        }

        File.WriteAllText(Path.Combine(place, "suite.h"), s_header);
        string source = Path.Combine(place, "shim.c");
        File.WriteAllText(source, shim);
        ToolResult gcc = Tool.Run("gcc", [.. s_flags, "-o", Path.Combine(place, LibraryName), source, "-lm"]);
        return gcc.Succeeded ? null : $"gcc: {gcc.FirstComplaint}";
    }

    private static string KeyOf(byte[] wasm, string shim, WabtFeatures features) =>
        Convert.ToHexStringLower(SHA256.HashData([.. wasm, .. Encoding.UTF8.GetBytes(string.Join('\n', [shim, s_header, .. s_flags, .. features.CompilerFlags]))]));
}
