namespace TrapRuntime.WasmSuite.Wast;

/// <summary>Finds the top-level forms of a script: parentheses, strings and comments, and no more of the language than that.</summary>
internal static class WastForms
{
    /// <summary>Splits a script.</summary>
    internal static List<WastForm> Split(string text)
    {
        List<WastForm> forms = [];
        int depth = 0;
        int start = 0;
        int line = 1;
        int firstLine = 1;
        for (int i = 0; i < text.Length;)
        {
            int next = SkipToken(text, i);
            if (text[i] == '(' && next == i + 1 && depth++ == 0)
            {
                start = i;
                firstLine = line;
            }

            line += text.AsSpan(i, next - i).Count('\n');
            if (text[i] == ')' && --depth == 0)
            {
                forms.Add(Describe(text, start, next, firstLine, line));
            }

            i = next;
        }

        return forms;
    }

    private static WastForm Describe(string text, int start, int end, int line, int lastLine)
    {
        int keyword = SkipBlank(text, start + 1);
        int keywordEnd = WordEnd(text, keyword);
        int name = SkipBlank(text, keywordEnd);
        int nameEnd = name < text.Length && text[name] == '$' ? WordEnd(text, name) : name;
        return new WastForm(start, end, line, lastLine, text[keyword..keywordEnd], text[name..nameEnd]);
    }

    private static int SkipBlank(string text, int at)
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || IsComment(text, at)))
        {
            at = SkipToken(text, at);
        }

        return at;
    }

    private static bool IsComment(string text, int at) =>
        at + 1 < text.Length && text[at + 1] == ';' && (text[at] is ';' or '(');

    private static int WordEnd(string text, int at)
    {
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('(' or ')' or '"' or ';'))
        {
            at++;
        }

        return at;
    }

    // A string, a comment, or one character.
    private static int SkipToken(string text, int at) => text[at] switch
    {
        '"' => StringEnd(text, at + 1),
        ';' when at + 1 < text.Length && text[at + 1] == ';' => LineEnd(text, at),
        '(' when at + 1 < text.Length && text[at + 1] == ';' => CommentEnd(text, at + 2),
        _ => at + 1,
    };

    private static int StringEnd(string text, int at)
    {
        while (at < text.Length && text[at] != '"')
        {
            at += text[at] == '\\' ? 2 : 1;
        }

        return Math.Min(at + 1, text.Length);
    }

    private static int LineEnd(string text, int at)
    {
        int end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end;
    }

    private static int CommentEnd(string text, int at)
    {
        for (int depth = 1; depth > 0 && at < text.Length; at++)
        {
            string here = at + 1 < text.Length ? text.Substring(at, 2) : string.Empty;
            if (here is "(;" or ";)")
            {
                depth += here == "(;" ? 1 : -1;
                at++;
            }
        }

        return at;
    }
}
