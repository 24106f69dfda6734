using System.Globalization;
using System.Text;
using TrapRuntime.WasmSuite.Tools;

namespace TrapRuntime.WasmSuite.Wast;

/// <summary>
/// Drives <c>wast2json</c>, which refuses a whole script for one form it does not know: such a form is blanked out, keeping the line
/// numbers, and recorded. In place of a module stays an empty one, so that nothing after it is taken for the module before.
/// </summary>
internal sealed class ScriptCompiler(string scriptPath, string folder)
{
    /// <summary>A tool that an assertion of its own or a signal ended says nothing about lines.</summary>
    private const int FirstAbnormalExitCode = 128;

    private const int PartsOfComplaint = 4;

    private readonly string _text = File.ReadAllText(scriptPath);

    /// <summary>Compiles the script with the proposals that leave out the least.</summary>
    internal CompiledScript Compile()
    {
        CompiledScript standard = Compile(WabtFeatures.Standard, "standard");
        if (standard.Skipped.Count == 0 && standard.JsonPath is not null)
        {
            return standard;
        }

        CompiledScript extended = Compile(WabtFeatures.Extended, "extended");
        return extended.Skipped.Count < standard.Skipped.Count ? extended : standard;
    }

    private CompiledScript Compile(WabtFeatures features, string name)
    {
        string source = Path.Combine(folder, name + ".wast");
        string json = Path.Combine(folder, name + ".json");
        List<WastForm> forms = WastForms.Split(_text);
        Dictionary<WastForm, SkippedForm> skipped = [];
        while (true)
        {
            File.WriteAllText(source, Blank(skipped.Keys));
            ToolResult result = Tool.Run("wast2json", [source, "-o", json, .. features.Flags]);
            List<SkippedForm> found = [.. result.Succeeded ? [] : Complaints(result, source, forms, features).Where(form => !skipped.ContainsKey(form.Form))];
            foreach (SkippedForm form in found)
            {
                skipped.TryAdd(form.Form, form);
            }

            if (found.Count == 0)
            {
                if (!result.Succeeded)
                {
                    skipped = forms.ToDictionary(form => form, form => new SkippedForm(form, $"wast2json: {result.FirstComplaint}"));
                }

                return new CompiledScript(result.Succeeded ? json : null, features, [.. skipped.Values.OrderBy(form => form.Form.Start)]);
            }
        }
    }

    private IEnumerable<SkippedForm> Complaints(ToolResult result, string source, List<WastForm> forms, WabtFeatures features)
    {
        if (result.ExitCode >= FirstAbnormalExitCode)
        {
            return forms.Where(form => Crashes(form, features)).Select(form => new SkippedForm(form, "wast2json crashes on it"));
        }

        return result.Error.Split('\n').Select(line => Complaint(line, source, forms)).OfType<SkippedForm>();
    }

    // path:line:column: error: message
    private SkippedForm? Complaint(string line, string source, List<WastForm> forms)
    {
        if (!line.StartsWith(source + ":", StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = line[(source.Length + 1)..].Split(':', PartsOfComplaint);
        return parts.Length == PartsOfComplaint
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int row)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int column)
            && OffsetOf(row, column) is int offset
            && forms.LastOrDefault(form => form.Start <= offset) is { } form
            ? new SkippedForm(form, Explain(parts[^1].Trim()))
            : null;
    }

    // Lines and columns count from 1; columns count bytes.
    private int OffsetOf(int row, int column)
    {
        int start = 0;
        for (int i = 1; i < row && start < _text.Length; i++)
        {
            start = _text.IndexOf('\n', start) + 1;
        }

        int at = start;
        for (int bytes = column - 1; bytes > 0 && at < _text.Length; at++)
        {
            bytes -= char.IsSurrogate(_text[at]) ? 2 : Encoding.UTF8.GetByteCount(_text.AsSpan(at, 1));
        }

        return at;
    }

    private static string Explain(string complaint) => complaint.StartsWith("unknown function export", StringComparison.Ordinal)
        || complaint.StartsWith("unknown global export", StringComparison.Ordinal)
        ? "its module was skipped"
        : $"wast2json: {complaint}";

    private bool Crashes(WastForm form, WabtFeatures features)
    {
        string source = Path.Combine(folder, "one.wast");
        File.WriteAllText(source, _text[form.Start..form.End]);
        return Tool.Run("wast2json", [source, "-o", Path.Combine(folder, "one.json"), .. features.Flags]).ExitCode >= FirstAbnormalExitCode;
    }

    private string Blank(IEnumerable<WastForm> forms)
    {
        StringBuilder text = new(_text);
        foreach (WastForm form in forms)
        {
            for (int i = form.Start; i < form.End; i++)
            {
                text[i] = text[i] == '\n' ? '\n' : ' ';
            }

            if (form.IsModule)
            {
                PutEmptyModule(text, form);
            }
        }

        return text.ToString();
    }

    // Every module form has room for its own keyword and name, but they may stand on different lines.
    private static void PutEmptyModule(StringBuilder text, WastForm form)
    {
        string module = $"(module {form.Name})";
        int length = Math.Min(module.Length, form.End - form.Start);
        int at = form.Start;
        foreach (char letter in module.AsSpan(0, length))
        {
            while (text[at] == '\n')
            {
                at++;
            }

            text[at++] = letter;
        }
    }
}
