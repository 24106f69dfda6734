namespace TrapRuntime.WasmSuite.Wast;

/// <summary>One top-level form of a script.</summary>
/// <param name="Start">The offset of its opening parenthesis.</param>
/// <param name="End">The offset behind its closing one.</param>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="LastLine">Its last line.</param>
/// <param name="Keyword">Its first word: <c>module</c>, <c>assert_return</c>.</param>
/// <param name="Name">The identifier behind the keyword (<c>$M</c>), or empty.</param>
internal sealed record WastForm(int Start, int End, int Line, int LastLine, string Keyword, string Name)
{
    /// <summary>Gets a value indicating whether the form defines a module.</summary>
    internal bool IsModule => Keyword == "module";
}
