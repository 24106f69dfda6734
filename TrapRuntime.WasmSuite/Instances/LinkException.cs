namespace TrapRuntime.WasmSuite.Instances;

/// <summary>A module's imports cannot be satisfied; the message starts with the specification's words.</summary>
internal sealed class LinkException(string message) : Exception(message);
