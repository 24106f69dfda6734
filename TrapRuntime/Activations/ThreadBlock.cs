using System.Runtime.InteropServices;

namespace TrapRuntime.Activations;

/// <summary>One unmanaged record per thread that has entered guest code. The gate and the handler know the thread by it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ThreadBlock
{
    /// <summary>How many waiting activations other threads can see. Deeper nesting counts as using everything.</summary>
    internal const int TrackedActivations = 256;

    /// <summary>Three words hold a <c>stack_t</c>.</summary>
    internal const int SignalStackWords = 3;

    /// <summary>Room for the rejected-fault line: its text, one address, a line feed.</summary>
    internal const int MessageCapacity = 256;

    /// <summary>Room for one counter per <c>TrapCode</c>, and some to grow.</summary>
    internal const int TrapCodes = 32;

    /// <summary>The innermost activation, or null while the thread runs no guest.</summary>
    internal Activation* Innermost;

    /// <summary>The record shared by all threads.</summary>
    internal ProcessBlock* Process;

    /// <summary>The enter thunk, here so that a call need not go by way of the process.</summary>
    internal nint Enter;

    /// <summary>The process's <c>GuestCodePolicy</c>, here for the same reason.</summary>
    internal int CodePolicy;

    /// <summary>Goes up before and after each change of the nesting: odd while one is under way.</summary>
    internal nint NestingVersion;

    /// <summary>How many activations wait for a nested one. Those up to <see cref="TrackedActivations"/> stand in <see cref="Waiting"/>.</summary>
    internal nint Depth;

    /// <summary>Non-zero while a custom handler or the C# handler runs: a fault inside it is never the guest's.</summary>
    internal int Handling;

    /// <summary>How many judgements are under way: what a registry takes back may be read by one, and by nothing else in a signal.</summary>
    internal nint Judging;

    /// <summary>
    /// How many tokens of open calls have fired, each a reason to end the innermost guest. Written before any signal is sent; the enter
    /// thunk, the host thunks and the handler test it.
    /// </summary>
    internal int Attention;

    /// <summary>
    /// Non-zero when a host function asked for the end of the guest that called it, which has not happened yet: a guest begun meanwhile
    /// is turned away. The thread's own, so no atomic operation.
    /// </summary>
    internal int Raised;

    /// <summary>The guest stack kept for the next call, or nothing.</summary>
    /// <remarks>Wasmer: <c>TLS_STACK</c>.</remarks>
    internal StackMapping CachedStack;

    /// <summary>The start of the code range that served the last entry check.</summary>
    internal nuint LastCodeStart;

    /// <summary>The length of that range; 0 before the first check.</summary>
    internal nuint LastCodeLength;

    /// <summary>The <see cref="ProcessBlock.CodeVersion"/> at which the last entry check held.</summary>
    internal nint LastCodeVersion;

    /// <summary>The thread as the interrupt sender names it (<c>pthread_t</c>).</summary>
    internal nint Thread;

    /// <summary>
    /// Set to 1 by the thread-end thunk: the thread will not run guest code again and its things may be taken back. From then on it
    /// belongs to <see cref="ThreadReclaimer"/>.
    /// </summary>
    internal int Ended;

    /// <summary>The length of the line in <see cref="Message"/>, or 0.</summary>
    internal int MessageLength;

    /// <summary>The signal stack this library gave the thread: all zero if the thread's own was large enough.</summary>
    internal StackMapping SignalStack;

    /// <summary>The lowest byte of the signal stack the thread had when it was made ready, ours or its own; a trap that came by another one tells.</summary>
    internal nuint SignalStackInForce;

    /// <summary>The first byte of the reserve to open, for the gate that the handler told so.</summary>
    internal nuint ReserveStart;

    /// <summary>The system's record of the signal stack that was there before (<c>stack_t</c>), put back when the thread ends.</summary>
    internal fixed ulong PreviousSignalStack[SignalStackWords];

    /// <summary>What the last trap on this thread looked like.</summary>
    internal TrapCapture Capture;

    /// <summary>The line about a rejected fault, which the gate writes to standard error.</summary>
    internal fixed byte Message[MessageCapacity];

    /// <summary>The traps this thread caught, by <c>TrapCode</c>.</summary>
    internal fixed long TrapsByCode[TrapCodes];

    /// <summary>
    /// The activations around the innermost one, outermost first (<c>Activation*</c>), so that other threads need not walk a list that moves.
    /// </summary>
    internal fixed ulong Waiting[TrackedActivations];

    /// <summary>The thread's first choice among the shards of the stack pool, any number.</summary>
    internal uint StackShard;

    /// <summary>How many stacks the thread has released since it began, where trimming counts them; wraps.</summary>
    internal uint StackReleases;

    /// <summary>The shard that helped last, while guests nest; else the first choice.</summary>
    internal uint StackCursor;

    /// <summary>How many calls got their stack from <see cref="CachedStack"/>.</summary>
    internal long StackSlotHits;

    /// <summary>How many calls got their stack from the shared pool.</summary>
    internal long StackPoolHits;

    /// <summary>The neighbours in <see cref="ThreadRegistry"/>, which owns these two fields.</summary>
    internal ThreadBlock* NextThread;

    /// <inheritdoc cref="NextThread"/>
    internal ThreadBlock* PreviousThread;
}
