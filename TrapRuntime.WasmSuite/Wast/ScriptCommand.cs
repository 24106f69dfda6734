namespace TrapRuntime.WasmSuite.Wast;

/// <summary>One command of a script.</summary>
internal sealed record ScriptCommand
{
    /// <summary>Gets what is to be done.</summary>
    internal required CommandKind Kind { get; init; }

    /// <summary>Gets the line it stands on.</summary>
    internal required int Line { get; init; }

    /// <summary>Gets its name in the script: <c>assert_return</c>.</summary>
    internal required string Keyword { get; init; }

    /// <summary>Gets the identifier of a module that is defined or registered, or null.</summary>
    internal string? Name { get; init; }

    /// <summary>Gets the name a module is registered under.</summary>
    internal string As { get; init; } = string.Empty;

    /// <summary>Gets the action to take or to assert something of.</summary>
    internal ScriptAction? Action { get; init; }

    /// <summary>Gets what an action must return.</summary>
    internal IReadOnlyList<ScriptValue> Expected { get; init; } = [];

    /// <summary>Gets the message that a trap or a refusal must have.</summary>
    internal string Text { get; init; } = string.Empty;

    /// <summary>Gets the path of the module's binary or text, or null.</summary>
    internal string? File { get; init; }

    /// <summary>Gets the reason why the command cannot be carried out, or null.</summary>
    internal string? Unsupported { get; init; }
}
