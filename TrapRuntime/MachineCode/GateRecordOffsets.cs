namespace TrapRuntime.MachineCode;

/// <summary>Where a gate finds the fields of its <see cref="GateRecord"/>, in bytes.</summary>
internal static unsafe class GateRecordOffsets
{
    static GateRecordOffsets()
    {
        GateRecord local = default;
        GateRecord* record = &local;
        byte* start = (byte*)record;
        Handler = (int)((byte*)&record->Handler - start);
        Flags = (int)((byte*)&record->Flags - start);
        Mask = (int)((byte*)&record->Mask - start);
        DefaultAction = (int)((byte*)record->DefaultAction - start);
    }

    internal static int Handler { get; }

    internal static int Flags { get; }

    internal static int Mask { get; }

    internal static int DefaultAction { get; }
}
