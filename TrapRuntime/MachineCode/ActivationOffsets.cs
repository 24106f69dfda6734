using TrapRuntime.Activations;

namespace TrapRuntime.MachineCode;

/// <summary>Where thunks find the fields of an <see cref="Activation"/>, in bytes.</summary>
internal static unsafe class ActivationOffsets
{
    static ActivationOffsets()
    {
        Activation activation = default;
        byte* start = (byte*)&activation;
        Thread = (int)((byte*)&activation.Thread - start);
        HostStackPointer = (int)((byte*)&activation.HostStackPointer - start);
        GuestStackTop = (int)((byte*)&activation.GuestStackTop - start);
        GuestGuardStart = (int)((byte*)&activation.Stack.Start - start);
        HostCallFrame = (int)((byte*)&activation.HostCallFrame - start);
        CustomHandler = (int)((byte*)&activation.CustomHandler - start);
        Status = (int)((byte*)&activation.Status - start);
        RaisedCode = (int)((byte*)&activation.RaisedCode - start);
        HostMxcsr = (int)((byte*)&activation.HostMxcsr - start);
        HostX87Control = (int)((byte*)&activation.HostX87Control - start);
        Function = (int)((byte*)&activation.Function - start);
        EntryArgument = (int)((byte*)&activation.EntryArgument - start);
        HostShadowStackPointer = (int)((byte*)&activation.HostShadowStackPointer - start);
    }

    internal static int Thread { get; }

    internal static int HostStackPointer { get; }

    internal static int GuestStackTop { get; }

    internal static int GuestGuardStart { get; }

    internal static int HostCallFrame { get; }

    internal static int CustomHandler { get; }

    internal static int Status { get; }

    internal static int RaisedCode { get; }

    internal static int HostMxcsr { get; }

    internal static int HostX87Control { get; }

    internal static int HostShadowStackPointer { get; }

    internal static int Function { get; }

    internal static int EntryArgument { get; }
}
