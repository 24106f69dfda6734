namespace TrapRuntime.MachineCode;

/// <summary>A field in emitted code that waits for the distance to a label.</summary>
/// <param name="Offset">The field's first byte, from the first emitted byte.</param>
/// <param name="Label">The label whose distance goes in.</param>
internal readonly record struct LabelReference(int Offset, CodeLabel Label);
