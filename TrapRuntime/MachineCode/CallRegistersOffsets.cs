namespace TrapRuntime.MachineCode;

/// <summary>Where thunks find the fields of a <see cref="CallRegisters"/>, in bytes.</summary>
internal static unsafe class CallRegistersOffsets
{
    static CallRegistersOffsets()
    {
        CallRegisters local = default;
        CallRegisters* record = &local;
        byte* start = (byte*)record;
        General = (int)((byte*)record->General - start);
        Vector = (int)((byte*)record->Vector - start);
        StackArguments = (int)((byte*)&record->StackArguments - start);
        StackWords = (int)((byte*)&record->StackWords - start);
        Target = (int)((byte*)&record->Target - start);
        GeneralResult = (int)((byte*)&record->GeneralResult - start);
        VectorResult = (int)((byte*)&record->VectorResult - start);
    }

    internal static int General { get; }

    internal static int Vector { get; }

    internal static int StackArguments { get; }

    internal static int StackWords { get; }

    internal static int Target { get; }

    internal static int GeneralResult { get; }

    internal static int VectorResult { get; }
}
