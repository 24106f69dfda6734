using System.Globalization;
using System.Text.Json;
using TrapRuntime.WasmSuite.Modules;

namespace TrapRuntime.WasmSuite.Wast;

/// <summary>Reads the commands that <c>wast2json</c> wrote.</summary>
internal static class ScriptReader
{
    /// <summary>Reads a file of commands.</summary>
    internal static List<ScriptCommand> Read(string jsonPath)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(jsonPath));
        string folder = Path.GetDirectoryName(jsonPath)!;
        return [.. document.RootElement.GetProperty("commands").EnumerateArray().Select(command => ReadCommand(command, folder))];
    }

    private static ScriptCommand ReadCommand(JsonElement json, string folder)
    {
        string keyword = json.GetProperty("type").GetString()!;
        CommandKind kind = KindOf(keyword);
        ScriptCommand command = new()
        {
            Kind = kind,
            Keyword = keyword,
            Line = json.GetProperty("line").GetInt32(),
            Name = Text(json, "name"),
            As = Text(json, "as") ?? string.Empty,
            Text = Text(json, "text") ?? string.Empty,
            File = Text(json, "filename") is { } file ? Path.Combine(folder, file) : null,
        };
        try
        {
            return command with
            {
                Action = json.TryGetProperty("action", out JsonElement action) ? ReadAction(action) : null,
                Expected = kind is CommandKind.AssertReturn ? ReadValues(json, "expected") : [],
                Unsupported = kind is CommandKind.Unknown ? $"this program does not know {keyword}" : null,
            };
        }
        catch (NotSupportedException unsupported)
        {
            return command with { Unsupported = unsupported.Message };
        }
    }

    private static CommandKind KindOf(string keyword) => keyword switch
    {
        "module" => CommandKind.Module,
        "register" => CommandKind.Register,
        "action" => CommandKind.Action,
        "assert_return" => CommandKind.AssertReturn,
        "assert_trap" => CommandKind.AssertTrap,
        "assert_exhaustion" => CommandKind.AssertExhaustion,
        "assert_uninstantiable" => CommandKind.AssertUninstantiable,
        "assert_unlinkable" => CommandKind.AssertUnlinkable,
        "assert_invalid" or "assert_malformed" => CommandKind.AssertRefused,
        _ => CommandKind.Unknown,
    };

    private static ScriptAction ReadAction(JsonElement json) => new(
        json.GetProperty("type").GetString() == "get",
        Text(json, "module"),
        json.GetProperty("field").GetString()!,
        ReadValues(json, "args"));

    private static List<ScriptValue> ReadValues(JsonElement json, string property) =>
        json.TryGetProperty(property, out JsonElement values) ? [.. values.EnumerateArray().Select(ReadValue)] : [];

    private static ScriptValue ReadValue(JsonElement json)
    {
        string type = json.GetProperty("type").GetString()!;
        string value = json.TryGetProperty("value", out JsonElement text) && text.ValueKind is JsonValueKind.String ? text.GetString()! : string.Empty;
        return type switch
        {
            "i32" => new ScriptValue(WasmType.I32, ValuePattern.Exact, Number(value)),
            "i64" => new ScriptValue(WasmType.I64, ValuePattern.Exact, Number(value)),
            "f32" => ReadFloat(WasmType.F32, value),
            "f64" => ReadFloat(WasmType.F64, value),
            "externref" when value == "null" => new ScriptValue(WasmType.ExternRef, ValuePattern.Exact, 0),
            "externref" => new ScriptValue(WasmType.ExternRef, ValuePattern.Exact, Number(value) + 1),
            "funcref" when value == "null" => new ScriptValue(WasmType.FuncRef, ValuePattern.Exact, 0),
            "funcref" => new ScriptValue(WasmType.FuncRef, ValuePattern.AnyReference, 0),
            _ => throw new NotSupportedException($"this program does not know values of type {type}"),
        };
    }

    private static ScriptValue ReadFloat(WasmType type, string value) => value switch
    {
        "nan:canonical" => new ScriptValue(type, ValuePattern.CanonicalNaN, 0),
        "nan:arithmetic" => new ScriptValue(type, ValuePattern.ArithmeticNaN, 0),
        _ => new ScriptValue(type, ValuePattern.Exact, Number(value)),
    };

    private static ulong Number(string value) => ulong.Parse(value, CultureInfo.InvariantCulture);

    private static string? Text(JsonElement json, string property) =>
        json.TryGetProperty(property, out JsonElement value) ? value.GetString() : null;
}
