using TrapRuntime.Activations;

namespace TrapRuntime.MachineCode;

/// <summary>Where thunks find the fields of a <see cref="ProcessBlock"/> and of the code table, in bytes.</summary>
internal static unsafe class ProcessOffsets
{
    internal static int CodeTable { get; } = (int)(nint)(&((ProcessBlock*)null)->CodeTable);

    internal static int TableCount { get; } = (int)(nint)(&((CodeTable*)null)->Count);

    internal static int TableFirstEntry { get; } = (int)(nint)(&((CodeTable*)null)->FirstEntry);

    internal static int EntryStart { get; } = (int)(nint)(&((CodeEntry*)null)->Start);

    internal static int EntryEndOrTable { get; } = (int)(nint)(&((CodeEntry*)null)->EndOrTable);
}
