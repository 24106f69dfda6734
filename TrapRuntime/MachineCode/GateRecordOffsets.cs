namespace TrapRuntime.MachineCode;

/// <summary>Where a gate finds the fields of its <see cref="GateRecord"/>, in bytes.</summary>
internal static unsafe class GateRecordOffsets
{
    internal static int Handler { get; } = (int)(nint)(&((GateRecord*)null)->Handler);

    internal static int Flags { get; } = (int)(nint)(&((GateRecord*)null)->Flags);

    internal static int DefaultAction { get; } = (int)(nint)((GateRecord*)null)->DefaultAction;
}
