using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrapRuntime.Activations;
using TrapRuntime.Platforms;
using TrapRuntime.Traps.X64;

namespace TrapRuntime.Traps;

/// <summary>Makes a <see cref="Trap"/> after the landing, on the host stack, while the guest stack is still there to be read.</summary>
internal static unsafe class TrapBuilder
{
    /// <summary>Back-traces up to this length are gathered on the stack.</summary>
    private const int FramesOnStack = 128;

    /// <summary>x86_64: the exceptions of a non-canonical address, in the stack segment and elsewhere.</summary>
    private const nuint StackSegmentFault = 12;
    private const nuint GeneralProtectionFault = 13;

    /// <summary>Makes the trap of a hardware fault out of the thread's capture area.</summary>
    /// <param name="thread">The thread that trapped, which is the calling one.</param>
    /// <param name="activation">The activation that ended; its stack has not been given back.</param>
    /// <param name="maxFrames">The longest back-trace; 0 for none.</param>
    [SkipLocalsInit]
    internal static Trap FromCapture(ThreadBlock* thread, Activation* activation, int maxFrames)
    {
        ref readonly TrapCapture capture = ref thread->Capture;
        FaultKind kind = PlatformFaults.KindOf(capture.Signal, capture.SignalCode);
        GuestMemory? memory = null;
        TrapCode code;
        if (FaultRecord.AddressOf(kind, capture) is { } address)
        {
            memory = MemoryRegistry.Shared.Find(address);
            code = TrapClassifier.Classify(new TrapFacts
            {
                Kind = kind,
                Address = address,
                Site = RememberedCode.FindSite(thread, capture.ProgramCounter),
                Guard = new AddressRange(activation->GuestGuardStart, activation->GuestStackLimit),
                IsInMemory = memory is not null,
            });
        }
        else
        {
            code = ClassifyByInstruction(thread, activation, kind);
        }

        TrapDetail? detail = code switch
        {
            TrapCode.StackOverflow => new TrapDetail { StackSize = activation->GuestStackTop - activation->GuestStackLimit },
            TrapCode.HeapAccessOutOfBounds => new TrapDetail { Memory = memory?.HitAt(capture.FaultAddress) },
            _ => null,
        };
        Span<nuint> frames = Room(stackalloc nuint[FramesOnStack], maxFrames);
        frames = frames[..Backtrace.Walk(capture.ProgramCounter, capture.FramePointer, activation, thread->Process, frames)];
        return Trap.FromHardware(capture, code, detail, frames);
    }

    /// <summary>Makes the trap of an interrupt that landed in guest code, at the guest's door or on its return from a host function.</summary>
    /// <inheritdoc cref="FromCapture"/>
    [SkipLocalsInit]
    internal static Trap FromInterrupt(ThreadBlock* thread, Activation* activation, int maxFrames)
    {
        ref readonly TrapCapture capture = ref thread->Capture;
        ProcessBlock* process = thread->Process;
        Span<nuint> frames = Room(stackalloc nuint[FramesOnStack], maxFrames);
        if (activation->HostCallFrame != 0)
        {
            frames = frames[..Backtrace.WalkFromHostCall(activation, process, frames)];
            return Trap.Interrupted(frames.IsEmpty ? 0 : frames[0], frames);
        }

        if (capture.Signal == 0 || (capture.ProgramCounter >= process->EnterWindowStart && capture.ProgramCounter < process->EnterWindowEnd))
        {
            return AtDoor(activation->Entry, maxFrames);
        }

        frames = frames[..Backtrace.Walk(capture.ProgramCounter, capture.FramePointer, activation, process, frames)];
        return Trap.Interrupted(capture, frames);
    }

    /// <summary>Makes the trap of a guest that was stopped before its first instruction.</summary>
    internal static Trap AtDoor(nuint entry, int maxFrames) => Trap.Interrupted(entry, maxFrames > 0 ? [entry] : []);

    /// <summary>Makes the trap of a code that guest code raised through the native entry, which captured its caller.</summary>
    /// <inheritdoc cref="FromCapture"/>
    [SkipLocalsInit]
    internal static Trap FromNativeRaise(ThreadBlock* thread, Activation* activation, int maxFrames)
    {
        ref readonly TrapCapture capture = ref thread->Capture;
        // Guest code may pass any number; an unknown one is not made into a code that means something.
        TrapCode code = (uint)activation->RaisedCode <= (uint)TrapCode.HostInterrupt ? (TrapCode)activation->RaisedCode : TrapCode.None;
        Span<nuint> frames = Room(stackalloc nuint[FramesOnStack], maxFrames);
        nuint counter = unchecked(capture.ProgramCounter - 1);
        return Trap.Library(code, frames[..Backtrace.Walk(counter, capture.FramePointer, activation, thread->Process, frames)]);
    }

    /// <summary>Makes the trap of a code or an error that a host function raised.</summary>
    /// <param name="activation">The activation that ended; its stack has not been given back.</param>
    /// <param name="error">The error, or null for the activation's code.</param>
    /// <param name="maxFrames">The longest back-trace; 0 for none.</param>
    [SkipLocalsInit]
    internal static Trap FromHostFunction(Activation* activation, Exception? error, int maxFrames)
    {
        Span<nuint> frames = Room(stackalloc nuint[FramesOnStack], maxFrames);
        frames = frames[..Backtrace.WalkFromHostCall(activation, activation->Thread->Process, frames)];
        return error is null ? Trap.Library((TrapCode)activation->RaisedCode, frames) : Trap.User(error, frames);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<nuint> Room(Span<nuint> onStack, int maxFrames) =>
        maxFrames <= onStack.Length ? onStack[..Math.Max(maxFrames, 0)] : new nuint[maxFrames];

    // Apart from the accesses, which are most faults and which their address explains.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TrapCode ClassifyByInstruction(ThreadBlock* thread, Activation* activation, FaultKind kind)
    {
        ref readonly TrapCapture capture = ref thread->Capture;
        ReadOnlySpan<byte> instruction = kind is FaultKind.IllegalInstruction or FaultKind.IntegerDivide or FaultKind.MemoryAccessWithoutAddress
            ? CodeBytes.Read(capture.ProgramCounter, CodeRegistry.Shared.Directory, stackalloc byte[InstructionHead.MaxLength])
            : [];
        return TrapClassifier.Classify(new TrapFacts
        {
            Kind = kind,
            Payload = kind is FaultKind.IllegalInstruction ? TrapInstruction.Decode(instruction) : TrapCode.None,
            Site = RememberedCode.FindSite(thread, capture.ProgramCounter),
            StackPointer = capture.StackPointer,
            Guard = new AddressRange(activation->GuestGuardStart, activation->GuestStackLimit),
            SignalFrameSize = SignalFrame.Size,
            IsNonCanonical = kind is FaultKind.MemoryAccessWithoutAddress && IsNonCanonical(capture, instruction),
            Divisor = kind is FaultKind.IntegerDivide ? DivisorOf(capture, activation, instruction) : Divisor.Unknown,
        });
    }

    // What the instruction says comes first; the exception's number counts where the instruction can have raised it.
    private static bool IsNonCanonical(in TrapCapture capture, ReadOnlySpan<byte> instruction) => IsX64
        && ((MemoryOperand.TryGetAddress(instruction, capture, out nuint address) && MemoryOperand.IsNonCanonical(address))
            || (capture.ExceptionNumber is StackSegmentFault or GeneralProtectionFault && GeneralProtection.CanBeRaisedBy(instruction, capture)));

    private static Divisor DivisorOf(in TrapCapture capture, Activation* activation, ReadOnlySpan<byte> instruction) => IsX64
        ? DivideInstruction.Examine(instruction, capture, new GuestReader(new AddressRange(activation->GuestStackLimit, activation->GuestStackTop)))
        : Divisor.Unknown;

    private static bool IsX64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;
}
