using TrapRuntime.Activations;

namespace TrapRuntime.Platforms;

/// <summary>The interrupted registers as one system and processor lay them out: read and written by the same type.</summary>
internal unsafe interface IMachineContext
{
    /// <summary>Reads the interrupted program counter.</summary>
    /// <safety><paramref name="context"/> is the third argument of a signal handler that runs on this thread.</safety>
    static abstract nuint ProgramCounter(void* context);

    /// <summary>Reads the interrupted stack pointer.</summary>
    /// <safety>As <see cref="ProgramCounter"/>.</safety>
    static abstract nuint StackPointer(void* context);

    /// <summary>Whether the interrupted stack pointer lies on the thread's signal stack: a signal handler was interrupted.</summary>
    /// <safety>As <see cref="ProgramCounter"/>.</safety>
    static abstract bool IsOnSignalStack(void* context);

    /// <summary>Reads the processor's fault syndrome.</summary>
    /// <safety>As <see cref="ProgramCounter"/>.</safety>
    static abstract nuint ErrorCode(void* context);

    /// <summary>Copies the registers into the capture area. Leaves signal, code and address alone.</summary>
    /// <safety>As <see cref="ProgramCounter"/>; <paramref name="capture"/> is the thread's own.</safety>
    static abstract void Capture(void* context, TrapCapture* capture);

    /// <summary>Makes the interrupted thread go on at the exit label of an activation.</summary>
    /// <safety>As <see cref="ProgramCounter"/>; the activation is this thread's innermost one and its guest is running.</safety>
    static abstract void Redirect(void* context, nuint exitLabel, Activation* activation);
}
