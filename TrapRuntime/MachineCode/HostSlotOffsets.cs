namespace TrapRuntime.MachineCode;

/// <summary>Where thunks find the fields of a <see cref="HostSlot"/>, in bytes.</summary>
internal static unsafe class HostSlotOffsets
{
    static HostSlotOffsets()
    {
        HostSlot local = default;
        HostSlot* record = &local;
        byte* start = (byte*)record;
        Adapter = (int)((byte*)&record->Adapter - start);
        Target = (int)((byte*)&record->Target - start);
        StackWords = (int)((byte*)&record->StackWords - start);
    }

    internal static int Adapter { get; }

    internal static int Target { get; }

    internal static int StackWords { get; }
}
