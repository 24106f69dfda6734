namespace TrapRuntime.MachineCode;

/// <summary>Where thunks find the fields of a <see cref="CallRegisters"/>, in bytes.</summary>
internal static unsafe class CallRegistersOffsets
{
    internal static int General { get; } = (int)(nint)((CallRegisters*)null)->General;

    internal static int Vector { get; } = (int)(nint)((CallRegisters*)null)->Vector;

    internal static int StackArguments { get; } = (int)(nint)(&((CallRegisters*)null)->StackArguments);

    internal static int StackWords { get; } = (int)(nint)(&((CallRegisters*)null)->StackWords);

    internal static int Target { get; } = (int)(nint)(&((CallRegisters*)null)->Target);

    internal static int GeneralResult { get; } = (int)(nint)(&((CallRegisters*)null)->GeneralResult);

    internal static int VectorResult { get; } = (int)(nint)(&((CallRegisters*)null)->VectorResult);
}
