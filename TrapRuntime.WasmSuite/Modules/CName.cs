using System.Text;

namespace TrapRuntime.WasmSuite.Modules;

/// <summary>The names that wasm2c gives to what a module imports and exports.</summary>
internal static class CName
{
    private const string Prefix = "Z_";

    /// <summary>Turns a WebAssembly name into a C name: what is no letter, digit or underscore becomes <c>Z</c> and its number, as does Z itself.</summary>
    internal static string Of(string name)
    {
        StringBuilder text = new(Prefix);
        foreach (byte letter in Encoding.UTF8.GetBytes(name))
        {
            _ = char.IsAsciiLetterOrDigit((char)letter) && letter != 'Z' || letter == '_'
                ? text.Append((char)letter)
                : text.Append('Z').Append($"{letter:X2}");
        }

        return text.ToString();
    }

    /// <summary>Gives the name of something inside a module.</summary>
    internal static string Of(string module, string field) => Of(module) + Of(field);

    /// <summary>Gives the type of a module's instances.</summary>
    internal static string InstanceType(string module) => Of(module) + "_instance_t";

    /// <summary>Gives a function's C result type.</summary>
    internal static string ResultType(FunctionType type) => type.Results.Count switch
    {
        0 => "void",
        1 => type.Results[0].CType(),
        _ => $"struct wasm_multi_{string.Concat(type.Results.Select(result => result.Letter()))}",
    };
}
