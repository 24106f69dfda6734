using TrapRuntime.Activations;

namespace TrapRuntime.MachineCode;

/// <summary>Where thunks find the fields of a <see cref="ThreadBlock"/>, in bytes.</summary>
internal static unsafe class ThreadOffsets
{
    static ThreadOffsets()
    {
        ThreadBlock* thread = null;
        Innermost = (int)(nint)(&thread->Innermost);
        Process = (int)(nint)(&thread->Process);
        Attention = (int)(nint)(&thread->Attention);
        Ended = (int)(nint)(&thread->Ended);
        Message = (int)(nint)thread->Message;
        MessageLength = (int)(nint)(&thread->MessageLength);
        SignalStackLimit = (int)(nint)(&thread->SignalStack.Limit);
        PreviousSignalStack = (int)(nint)thread->PreviousSignalStack;
        CapturedProgramCounter = (int)(nint)(&thread->Capture.ProgramCounter);
        CapturedStackPointer = (int)(nint)(&thread->Capture.StackPointer);
        CapturedFramePointer = (int)(nint)(&thread->Capture.FramePointer);
    }

    internal static int Innermost { get; }

    internal static int Process { get; }

    internal static int Attention { get; }

    internal static int Ended { get; }

    internal static int Message { get; }

    internal static int MessageLength { get; }

    internal static int SignalStackLimit { get; }

    internal static int PreviousSignalStack { get; }

    internal static int CapturedProgramCounter { get; }

    internal static int CapturedStackPointer { get; }

    internal static int CapturedFramePointer { get; }
}
