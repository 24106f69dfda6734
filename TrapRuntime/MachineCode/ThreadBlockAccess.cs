namespace TrapRuntime.MachineCode;

/// <summary>How a thunk finds its thread's block: through the thread pointer where that was proven at start-up, else by a call.</summary>
internal readonly record struct ThreadBlockAccess
{
    /// <summary>Gets the address of the subroutine that finds the block and keeps every register but the result.</summary>
    internal nint Subroutine { get; init; }

    /// <summary>Gets the offset of the key's value from the thread pointer, or 0 where it is not known.</summary>
    internal int ValueOffset { get; init; }

    /// <summary>Gets the offset of the key's sequence number, which tells a value of ours from a former key's.</summary>
    internal int SequenceOffset { get; init; }

    /// <summary>Gets the key's sequence number.</summary>
    internal int Sequence { get; init; }

    /// <summary>Gets a value indicating whether no call is needed.</summary>
    internal bool IsInline => ValueOffset != 0;
}
