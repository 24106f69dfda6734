namespace TrapRuntime.WasmSuite.Modules;

/// <summary>A module as a shared library, or the reason why there is none.</summary>
/// <param name="LibraryPath">The library, or null.</param>
/// <param name="Outline">What it asks for and offers, or null.</param>
/// <param name="Reason">Why there is no library, or null.</param>
internal sealed record BuiltModule(string? LibraryPath, ModuleOutline? Outline, string? Reason);
