using TrapRuntime.Activations;

namespace TrapRuntime.MachineCode;

/// <summary>Where thunks find the fields of a <see cref="ProcessBlock"/> and of the code table, in bytes.</summary>
internal static unsafe class ProcessOffsets
{
    static ProcessOffsets()
    {
        ProcessBlock process = default;
        CodeTable = (int)((byte*)&process.CodeTable - (byte*)&process);
        SignalReserve = (int)((byte*)&process.SignalReserve - (byte*)&process);
        Activations.CodeTable table = default;
        TableCount = (int)((byte*)&table.Count - (byte*)&table);
        TableFirstEntry = (int)((byte*)&table.FirstEntry - (byte*)&table);
        CodeEntry entry = default;
        EntryStart = (int)((byte*)&entry.Start - (byte*)&entry);
        EntryEndOrTable = (int)((byte*)&entry.EndOrTable - (byte*)&entry);
    }

    internal static int CodeTable { get; }

    internal static int SignalReserve { get; }

    internal static int TableCount { get; }

    internal static int TableFirstEntry { get; }

    internal static int EntryStart { get; }

    internal static int EntryEndOrTable { get; }
}
