namespace TrapRuntime.MachineCode;

/// <summary>Where thunks find the fields of a <see cref="HostSlot"/>, in bytes.</summary>
internal static unsafe class HostSlotOffsets
{
    internal static int Adapter { get; } = (int)(nint)(&((HostSlot*)null)->Adapter);

    internal static int Target { get; } = (int)(nint)(&((HostSlot*)null)->Target);

    internal static int StackWords { get; } = (int)(nint)(&((HostSlot*)null)->StackWords);
}
