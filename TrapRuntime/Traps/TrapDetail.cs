namespace TrapRuntime.Traps;

/// <summary>What a trap's message says beyond its code. Only the part that fits the code is filled.</summary>
internal sealed record TrapDetail
{
    /// <summary>Gets the usable bytes of the stack that overflowed, or 0.</summary>
    internal nuint StackSize { get; init; }

    /// <summary>Gets the memory that was missed, or null when the fault names none.</summary>
    internal MemoryHit? Memory { get; init; }

    /// <summary>Gets what there was no memory for, or null.</summary>
    internal string? MissingWhat { get; init; }
}
