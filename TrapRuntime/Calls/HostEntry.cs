namespace TrapRuntime.Calls;

/// <summary>One entry that guest code can call, and its data.</summary>
/// <param name="Code">The address to call.</param>
/// <param name="Slot">The address of its <c>HostSlot</c>.</param>
internal readonly record struct HostEntry(nint Code, nint Slot);
