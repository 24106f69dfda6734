namespace TrapRuntime.WasmSuite.Wast;

/// <summary>A form of a script that <c>wast2json</c> does not accept, left out so that the rest can run.</summary>
internal sealed record SkippedForm(WastForm Form, string Reason);
