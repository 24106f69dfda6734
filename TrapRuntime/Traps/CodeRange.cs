using TrapRuntime.Platforms;

namespace TrapRuntime.Traps;

/// <summary>A registered range and the code it belongs to.</summary>
/// <param name="Bounds">Its addresses.</param>
/// <param name="Owner">The code.</param>
internal readonly record struct CodeRange(AddressRange Bounds, GuestCode Owner);
