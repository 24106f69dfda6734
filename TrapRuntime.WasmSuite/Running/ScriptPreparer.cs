using System.Security.Cryptography;
using System.Text;
using TrapRuntime.WasmSuite.Modules;
using TrapRuntime.WasmSuite.Tools;
using TrapRuntime.WasmSuite.Wast;

namespace TrapRuntime.WasmSuite.Running;

/// <summary>Does everything that needs another process: compiles scripts and their modules, and asks wabt about modules that must be refused.</summary>
/// <param name="folder">Where the results are kept.</param>
internal sealed class ScriptPreparer(string folder)
{
    private readonly ModuleBuilder _builder = new(Path.Combine(folder, "modules"));

    /// <summary>Prepares a script.</summary>
    internal PreparedScript Prepare(string path)
    {
        string name = Path.GetFileName(path);
        string place = Path.Combine(folder, "scripts", $"{name}.{Environment.ProcessId}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..8]}");
        Directory.CreateDirectory(place);
        try
        {
            CompiledScript compiled = new ScriptCompiler(path, place).Compile();
            HashSet<int> emptied = [.. compiled.Skipped.Where(form => form.Form.IsModule).Select(form => form.Form.Line)];
            List<ScriptCommand> commands = compiled.JsonPath is null ? [] : ScriptReader.Read(compiled.JsonPath);
            return new PreparedScript(name, [.. commands.AsParallel().AsOrdered().Select(command => Prepare(command, compiled, emptied))], compiled.Skipped);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private PreparedCommand Prepare(ScriptCommand command, CompiledScript compiled, HashSet<int> emptied) => command.Kind switch
    {
        CommandKind.Module when emptied.Contains(command.Line) => new PreparedCommand(command, new BuiltModule(null, null, "its module was skipped"), false),
        CommandKind.Module or CommandKind.AssertUninstantiable => new PreparedCommand(command, _builder.Build(command.File!, compiled.Features), false),
        CommandKind.AssertUnlinkable => new PreparedCommand(command, ModuleBuilder.ReadOutline(command.File!), false),
        CommandKind.AssertRefused => new PreparedCommand(command, null, IsRefused(command.File!, compiled.Features)),
        _ => new PreparedCommand(command, null, false),
    };

    private static bool IsRefused(string file, WabtFeatures features) => Path.GetExtension(file) == ".wat"
        ? !Tool.Run("wat2wasm", [file, "-o", Path.ChangeExtension(file, ".out"), .. features.Flags]).Succeeded
        : !Tool.Run("wasm-validate", [file, .. features.Flags]).Succeeded;
}
