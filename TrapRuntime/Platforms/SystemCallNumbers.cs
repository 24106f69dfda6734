namespace TrapRuntime.Platforms;

/// <summary>The system calls that thunks make themselves, because no library function is safe there.</summary>
internal readonly record struct SystemCallNumbers
{
    internal required int Write { get; init; }

    internal required int SignalAction { get; init; }

    internal required int SignalMask { get; init; }

    internal required int SignalStack { get; init; }

    internal required int QueueSignalToThread { get; init; }

    internal required int ProtectMemory { get; init; }

    /// <summary>Gets what <see cref="ProtectMemory"/> takes for memory that can be read and written.</summary>
    internal required int ReadWrite { get; init; }

    internal required int ProcessId { get; init; }

    internal required int ThreadId { get; init; }
}
