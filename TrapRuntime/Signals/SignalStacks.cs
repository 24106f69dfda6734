using TrapRuntime.Activations;
using TrapRuntime.Platforms;

namespace TrapRuntime.Signals;

/// <summary>The stacks that signal handlers run on: one per thread that enters guests, guarded, large enough for every processor.</summary>
internal static unsafe class SignalStacks
{
    /// <summary>.NET's own activation handler overran 16 KiB: dotnet/runtime #127320.</summary>
    private const nuint SmallestSize = 64 * 1024;

    /// <summary>A fault within a fault within an interrupt, and room to work.</summary>
    private const nuint FramesToHold = 4;

    /// <summary>Gets the bytes a signal stack must have.</summary>
    internal static nuint RequiredSize { get; } = PlatformMemory.Current.RoundUpToPage(
        Math.Max(SmallestSize, FramesToHold * PlatformSignals.Current.MinimumSignalFrame));

    /// <summary>Gives the calling thread a signal stack unless it has one that is large enough, its own or ours.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory for it.</exception>
    /// <remarks>Wasmer: <c>lazy_per_thread_init</c>, which forgot to ask how large a signal frame is.</remarks>
    internal static void Give(ThreadBlock* thread) =>
        thread->SignalStackInForce = PlatformSignals.Current.EnsureSignalStack(thread, RequiredSize, Map);

    /// <summary>
    /// Looks again where a trap came in by another signal stack than the one the thread was given: a library may have set a small one,
    /// or none. A guest call cannot ask each time, which is a system call; one trap late is the price where the small one still served.
    /// </summary>
    internal static void GiveAgainIfReplaced(ThreadBlock* thread)
    {
        if (thread->Capture.SignalStack != thread->SignalStackInForce)
        {
            Give(thread);
        }
    }

    /// <summary>Unmaps the signal stack of a thread that has ended; the thread-end thunk took it off the thread.</summary>
    internal static void Release(ThreadBlock* thread)
    {
        StackMapping mapping = thread->SignalStack;
        if (mapping.IsPresent)
        {
            thread->SignalStack = default;
            PlatformMemory.Current.Release((nint)mapping.Start, mapping.MappedSize);
        }
    }

    // The guard page lies below the registered size, so that running over faults instead of writing elsewhere.
    private static StackMapping Map()
    {
        PlatformMemory memory = PlatformMemory.Current;
        nuint guard = memory.PageSize;
        nint start = memory.Reserve(guard + RequiredSize);
        if (start != 0 && !memory.TryProtect(start + (nint)guard, RequiredSize, PageAccess.ReadWrite))
        {
            memory.Release(start, guard + RequiredSize);
            start = 0;
        }

        if (start == 0)
        {
            throw new OutOfMemoryException($"The system has no memory for a signal stack of {RequiredSize} bytes.");
        }

        nuint limit = (nuint)start + guard;
        return new StackMapping { Start = (nuint)start, Limit = limit, Top = limit + RequiredSize };
    }
}
