using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrapRuntime.Activations;

/// <summary>
/// What the handler copies out of the signal before it redirects the thread. Read after the landing; a trap keeps the words up to the last
/// register.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TrapCapture
{
    /// <summary>Room for the general registers of every supported processor: 16 on x86_64, 31 on aarch64.</summary>
    internal const int MaxGeneral = 32;

    /// <summary>The signal number (the exception code on Windows).</summary>
    internal int Signal;

    /// <summary>The reason within the signal: <c>si_code</c>.</summary>
    internal int SignalCode;

    /// <summary>The address the fault names: <c>si_addr</c>. 0 where the kernel names none.</summary>
    internal nuint FaultAddress;

    /// <summary>The processor's fault syndrome: the page-fault error code (x86_64), ESR (aarch64).</summary>
    internal nuint ErrorCode;

    /// <summary>The processor's exception number (x86_64: 0 divide, 6 invalid opcode, 13 general protection, 14 page fault).</summary>
    internal nuint ExceptionNumber;

    /// <summary>The program counter of the faulting instruction.</summary>
    internal nuint ProgramCounter;

    /// <summary>The stack pointer at the fault.</summary>
    internal nuint StackPointer;

    /// <summary>The frame pointer at the fault.</summary>
    internal nuint FramePointer;

    /// <summary>How many of <see cref="General"/> are meant.</summary>
    internal nint GeneralCount;

    /// <summary>The general registers in the processor's own numbering.</summary>
    internal fixed ulong General[MaxGeneral];

    /// <summary>The lowest byte of the signal stack that the thread had at the fault; 0 for none. Of no use to the trap, so it stands last.</summary>
    internal nuint SignalStack;

    /// <summary>Gets the words in front of <see cref="General"/>: all but those and <see cref="SignalStack"/>.</summary>
    internal static int WordsBeforeGeneral
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (sizeof(TrapCapture) - (MaxGeneral * sizeof(ulong)) - sizeof(nuint)) / sizeof(nuint);
    }
}
