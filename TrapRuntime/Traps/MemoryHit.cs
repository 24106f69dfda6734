namespace TrapRuntime.Traps;

/// <summary>A fault inside the address space of a <see cref="GuestMemory"/>.</summary>
/// <param name="Offset">Bytes from the memory's base to the fault address.</param>
/// <param name="Length">The memory's length in bytes when it was looked at.</param>
internal readonly record struct MemoryHit(nuint Offset, nuint Length);
