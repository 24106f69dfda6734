using TrapRuntime.WasmSuite.Instances;

namespace TrapRuntime.WasmSuite.Running;

/// <summary>What a script's module became: an instance, or the reason why there is none.</summary>
/// <param name="Instance">The instance, or null.</param>
/// <param name="Missing">Why there is none: skipped or failed.</param>
/// <param name="HasFailed">True when it should have been instantiated, and was not.</param>
internal sealed record ModuleSlot(ModuleInstance? Instance, string? Missing, bool HasFailed)
{
    /// <summary>Gets or sets a value indicating whether the script can still name it.</summary>
    internal bool IsNamed { get; set; }
}
