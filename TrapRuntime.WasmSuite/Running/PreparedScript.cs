using TrapRuntime.WasmSuite.Wast;

namespace TrapRuntime.WasmSuite.Running;

/// <summary>A script that can run, any number of times, on any number of threads: the tools have done their part.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Commands">Its commands.</param>
/// <param name="Skipped">The forms that <c>wast2json</c> could not read.</param>
internal sealed record PreparedScript(string Name, IReadOnlyList<PreparedCommand> Commands, IReadOnlyList<SkippedForm> Skipped);
