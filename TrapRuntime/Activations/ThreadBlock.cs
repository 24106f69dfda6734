using System.Runtime.InteropServices;

namespace TrapRuntime.Activations;

/// <summary>One unmanaged record per thread that has entered guest code. The gate and the handler know the thread by it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ThreadBlock
{
    /// <summary>The innermost activation, or null while the thread runs no guest.</summary>
    internal Activation* Innermost;

    /// <summary>The record shared by all threads.</summary>
    internal ProcessBlock* Process;

    /// <summary>Non-zero while the C# handler runs: a fault inside it is never the guest's.</summary>
    internal int Handling;

    /// <summary>How many activations of this thread have an interrupt pending. Thunks and handler test it.</summary>
    internal int Attention;

    /// <summary>The guest stack kept for the next call, or nothing.</summary>
    /// <remarks>Wasmer: <c>TLS_STACK</c>.</remarks>
    internal StackMapping CachedStack;

    /// <summary>The code range that served the last entry check: start, end.</summary>
    internal nuint LastCodeStart;

    /// <inheritdoc cref="LastCodeStart"/>
    internal nuint LastCodeEnd;

    /// <summary>The <see cref="ProcessBlock.CodeVersion"/> at which the last entry check held.</summary>
    internal nint LastCodeVersion;

    /// <summary>The thread as the interrupt sender names it (<c>pthread_t</c>).</summary>
    internal nint Thread;

    /// <summary>The lowest usable byte of the signal stack this library gave the thread, or 0 if the thread's own was kept.</summary>
    internal nuint SignalStackLimit;

    /// <summary>One past the highest byte of that signal stack.</summary>
    internal nuint SignalStackTop;

    /// <summary>What the last trap on this thread looked like.</summary>
    internal TrapCapture Capture;

    /// <summary>The thread's first choice among the shards of the stack pool, any number.</summary>
    internal uint StackShard;

    /// <summary>How many stacks the thread has released since it began, where trimming counts them; wraps.</summary>
    internal uint StackReleases;

    /// <summary>How many calls got their stack from <see cref="CachedStack"/>.</summary>
    internal long StackSlotHits;

    /// <summary>How many calls got their stack from the shared pool.</summary>
    internal long StackPoolHits;

    /// <summary>The neighbours in <see cref="ThreadRegistry"/>, which owns these two fields.</summary>
    internal ThreadBlock* NextThread;

    /// <inheritdoc cref="NextThread"/>
    internal ThreadBlock* PreviousThread;
}
