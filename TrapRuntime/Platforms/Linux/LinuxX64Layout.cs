namespace TrapRuntime.Platforms.Linux;

/// <summary>The gate's view of Linux on x86_64.</summary>
internal static unsafe class LinuxX64Layout
{
    /// <summary>Computes the offsets from the structs.</summary>
    internal static GateLayout Create()
    {
        LinuxX64Context context = default;
        LinuxSignalInfo info = default;
        byte* c = (byte*)&context;
        byte* i = (byte*)&info;
        return new GateLayout
        {
            ProgramCounter = (int)((byte*)&context.Rip - c),
            StackPointer = (int)((byte*)&context.Rsp - c),
            ActivationRegister = (int)((byte*)&context.Rbx - c),
            VectorState = (int)((byte*)&context.Fpregs - c),
            SignalStackStart = (int)((byte*)&context.uc_stack.ss_sp - c),
            SignalStackSize = (int)((byte*)&context.uc_stack.ss_size - c),
            SignalCode = (int)((byte*)&info.si_code - i),
            SignalValue = (int)((byte*)&info.si_value - i),
        };
    }
}
