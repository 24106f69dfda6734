using TrapRuntime.Activations;

namespace TrapRuntime.MachineCode;

/// <summary>Where thunks find the fields of a <see cref="ThreadBlock"/>, in bytes.</summary>
internal static unsafe class ThreadOffsets
{
    static ThreadOffsets()
    {
        ThreadBlock block = default;
        ThreadBlock* thread = &block;
        byte* start = (byte*)thread;
        Innermost = (int)((byte*)&thread->Innermost - start);
        Process = (int)((byte*)&thread->Process - start);
        Handling = (int)((byte*)&thread->Handling - start);
        Judging = (int)((byte*)&thread->Judging - start);
        Raised = (int)((byte*)&thread->Raised - start);
        Attention = (int)((byte*)&thread->Attention - start);
        Ended = (int)((byte*)&thread->Ended - start);
        Message = (int)((byte*)thread->Message - start);
        MessageLength = (int)((byte*)&thread->MessageLength - start);
        SignalStackLimit = (int)((byte*)&thread->SignalStack.Limit - start);
        ReserveStart = (int)((byte*)&thread->ReserveStart - start);
        PreviousSignalStack = (int)((byte*)thread->PreviousSignalStack - start);
        CapturedProgramCounter = (int)((byte*)&thread->Capture.ProgramCounter - start);
        CapturedStackPointer = (int)((byte*)&thread->Capture.StackPointer - start);
        CapturedFramePointer = (int)((byte*)&thread->Capture.FramePointer - start);
    }

    internal static int Innermost { get; }

    internal static int Process { get; }

    internal static int Handling { get; }

    internal static int Judging { get; }

    internal static int Attention { get; }

    internal static int Raised { get; }

    internal static int Ended { get; }

    internal static int Message { get; }

    internal static int MessageLength { get; }

    internal static int SignalStackLimit { get; }

    internal static int ReserveStart { get; }

    internal static int PreviousSignalStack { get; }

    internal static int CapturedProgramCounter { get; }

    internal static int CapturedStackPointer { get; }

    internal static int CapturedFramePointer { get; }
}
