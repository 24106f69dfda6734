using System.Runtime.InteropServices;

namespace TrapRuntime.Activations;

/// <summary>The unmanaged facts all threads share. Made once, never freed: a late signal may still read it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ProcessBlock
{
    /// <summary>The registered code ranges; replaced whole, read by the gate without a lock.</summary>
    internal CodeTable* CodeTable;

    /// <summary>Goes up whenever a code range is removed, so that remembered entry checks lapse.</summary>
    internal nint CodeVersion;

    /// <summary>The first of all threads that have entered guests: <see cref="ThreadRegistry"/>, and debuggers.</summary>
    internal ThreadBlock* FirstThread;

    /// <summary>The address where every activation ends.</summary>
    internal nuint ExitLabel;

    /// <summary>The first byte of the thunks that run on a guest stack.</summary>
    internal nuint ThunksStart;

    /// <summary>One past the last byte of those thunks.</summary>
    internal nuint ThunksEnd;

    /// <summary>The first instruction of the enter thunk that runs on the guest stack: an interrupt may land from here on.</summary>
    internal nuint EnterWindowStart;

    /// <summary>One past the enter thunk's call, which is the exit label.</summary>
    internal nuint EnterWindowEnd;

    /// <summary>How many bytes of a stack's guard region open for signal handlers that find too little stack; 0 for none.</summary>
    internal nuint SignalReserve;

    /// <summary>The line that a rejected fault prints, up to the program counter.</summary>
    internal byte* RejectedText;

    /// <summary>The length of <see cref="RejectedText"/> in bytes.</summary>
    internal nint RejectedTextLength;
}
