using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TrapRuntime.WasmSuite.Modules;

/// <summary>
/// Writes the C text that stands around a module's code: it includes what wasm2c wrote, resolves the imports, and exports the few
/// symbols that the host looks up, the same for every module.
/// </summary>
internal sealed partial class ShimWriter(ModuleOutline outline)
{
    /// <summary>The module's name for wasm2c. No import can have the same, unless somebody means it.</summary>
    internal const string ModuleName = "<guest>";

    private static readonly string s_instance = CName.InstanceType(ModuleName);

    private readonly StringBuilder _text = new();

    /// <summary>Gives what a module imports, by module in the order of <c>instantiate</c>'s arguments, each name once.</summary>
    internal static List<IGrouping<string, ModuleImport>> ImportsByModule(ModuleOutline outline) =>
    [
        .. outline.Imports.DistinctBy(import => (import.Module, import.Field))
            .GroupBy(import => import.Module)
            .OrderBy(group => Encoding.UTF8.GetBytes(group.Key), Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right))),
    ];

    /// <summary>Writes the text.</summary>
    /// <exception cref="NotSupportedException">The module uses a type that wasm2c cannot compile.</exception>
    internal string Write()
    {
        foreach (TrapCode code in Enum.GetValues<TrapCode>())
        {
            Line($"#define TRAP_{WordStart().Replace(code.ToString(), "_$1").ToUpperInvariant()} {(int)code}");
        }

        Line($"#include \"suite.h\"");
        Line($"#include \"module.c\"");
        List<IGrouping<string, ModuleImport>> modules = ImportsByModule(outline);
        foreach (IGrouping<string, ModuleImport> module in modules)
        {
            WriteImports(module.Key, [.. module]);
        }

        Line($"SUITE_EXPORT const uint64_t suite_instance_size = sizeof({s_instance});");
        Line($"SUITE_EXPORT void suite_initialize(void) {{ {CName.Of(ModuleName)}_init_module(); }}");
        Line($"SUITE_EXPORT void suite_free({s_instance}* instance) {{ {CName.Of(ModuleName)}_free(instance); }}");
        string arguments = string.Concat(modules.Select((module, index) => $", (struct {CName.InstanceType(module.Key)}*)modules[{Number(index)}]"));
        Line($"SUITE_EXPORT void suite_instantiate({s_instance}* instance, void** modules) {{ {CName.Of(ModuleName)}_instantiate(instance{arguments}); }}");
        WriteExports();
        return _text.ToString();
    }

    // An element segment passes the address of the pointer in place of the pointer; `self` makes both lead to the same place.
    private void WriteImports(string module, List<ModuleImport> imports)
    {
        string type = $"struct {CName.InstanceType(module)}";
        Line($"{type} {{ {type}* self; struct suite_import imports[{Number(imports.Count)}]; }};");
        for (int i = 0; i < imports.Count; i++)
        {
            string name = CName.Of(module, imports[i].Field);
            string entry = $"from->self->imports[{Number(i)}]";
            if (imports[i].Type.Function is { } function)
            {
                string result = CName.ResultType(function);
                string declared = string.Concat(function.Parameters.Select((parameter, index) => $", {parameter.CType()} p{Number(index)}"));
                string passed = string.Concat(function.Parameters.Select((_, index) => $", p{Number(index)}"));
                string types = string.Concat(function.Parameters.Select(parameter => $", {parameter.CType()}"));
                string keep = function.Results.Count == 0 ? string.Empty : "return ";
                Line($"{result} {name}({type}* from{declared}) {{ {keep}(({result} (*)(void*{types})){entry}.target)({entry}.instance{passed}); }}");
            }
            else
            {
                string target = ObjectType(imports[i].Type);
                Line($"{target}* {name}({type}* from) {{ return ({target}*){entry}.target; }}");
            }
        }
    }

    // Two addresses for each export: what another module links to, and what the host calls.
    private void WriteExports()
    {
        List<string> addresses = [];
        for (int i = 0; i < outline.Exports.Count; i++)
        {
            string name = CName.Of(ModuleName, outline.Exports[i].Name);
            string called = name;
            if (outline.Exports[i].Type.Function is { IsPlain: false } function)
            {
                called = $"suite_call_{Number(i)}";
                WriteCall(called, name, function);
            }

            addresses.Add($"(void*){name}, (void*){called}, ");
        }

        Line($"SUITE_EXPORT void* const suite_exports[] = {{ {string.Concat(addresses)}NULL }};");
    }

    private void WriteCall(string name, string function, FunctionType type)
    {
        string arguments = string.Concat(type.Parameters.Select((parameter, index) => $", suite_to_{parameter.Letter()}(arguments[{Number(index)}])"));
        string keep = type.Results.Count == 0 ? string.Empty : $"{CName.ResultType(type)} result = ";
        Line($"static void {name}({s_instance}* instance, const uint64_t* arguments, uint64_t* results) {{ {keep}{function}(instance{arguments});");
        for (int i = 0; i < type.Results.Count; i++)
        {
            char letter = type.Results[i].Letter();
            string member = type.Results.Count == 1 ? "result" : $"result.{letter}{Number(i)}";
            Line($"  results[{Number(i)}] = suite_from_{letter}({member});");
        }

        Line($"}}");
    }

    private static string ObjectType(ExternType type) => type.Kind switch
    {
        ExternKind.Memory => "wasm_rt_memory_t",
        ExternKind.Table when type.Value is WasmType.FuncRef => "wasm_rt_funcref_table_t",
        ExternKind.Table => "wasm_rt_externref_table_t",
        _ => type.Value.CType(),
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Line(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

    [GeneratedRegex("(?<=[a-z])([A-Z])")]
    private static partial Regex WordStart();
}
