using TrapRuntime.WasmSuite.Modules;
using TrapRuntime.WasmSuite.Wast;

namespace TrapRuntime.WasmSuite.Running;

/// <summary>A command, and what the tools had to do for it beforehand.</summary>
/// <param name="Command">The command.</param>
/// <param name="Module">The module it instantiates or links, or null.</param>
/// <param name="WasRefused">For a module that must be refused: whether wabt refused it.</param>
internal sealed record PreparedCommand(ScriptCommand Command, BuiltModule? Module, bool WasRefused);
