using System.Runtime.CompilerServices;

namespace TrapRuntime.Activations;

/// <summary>Opens and closes activations of a thread. The list is the thread's own; other threads look at it under its version.</summary>
internal static unsafe class Nesting
{
    /// <summary>Makes an activation the innermost one.</summary>
    /// <safety>The thread is the calling one; the activation outlives its <see cref="Close"/>.</safety>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Open(ThreadBlock* thread, Activation* activation)
    {
        Activation* parent = thread->Innermost;
        activation->Parent = parent;
        if (parent == null)
        {
            thread->Innermost = activation;
            return;
        }

        OpenNested(thread, activation);
    }

    /// <summary>Makes the parent the innermost one again. Restores, never clears.</summary>
    /// <safety>The activation is the thread's innermost one.</safety>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Close(ThreadBlock* thread, Activation* activation)
    {
        if (activation->Parent == null)
        {
            thread->Innermost = null;
            return;
        }

        CloseNested(thread, activation);
    }

    // An odd version tells that a change is under way. Plain stores keep their order on x86; Volatile keeps it everywhere.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OpenNested(ThreadBlock* thread, Activation* activation)
    {
        Volatile.Write(ref thread->NestingVersion, thread->NestingVersion + 1);
        if (thread->Depth < ThreadBlock.TrackedActivations)
        {
            Volatile.Write(ref thread->Waiting[thread->Depth], (ulong)activation->Parent);
        }

        Volatile.Write(ref thread->Depth, thread->Depth + 1);
        Volatile.Write(ref *(nint*)&thread->Innermost, (nint)activation);
        Volatile.Write(ref thread->NestingVersion, thread->NestingVersion + 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CloseNested(ThreadBlock* thread, Activation* activation)
    {
        Volatile.Write(ref thread->NestingVersion, thread->NestingVersion + 1);
        Volatile.Write(ref *(nint*)&thread->Innermost, (nint)activation->Parent);
        Volatile.Write(ref thread->Depth, thread->Depth - 1);
        Volatile.Write(ref thread->NestingVersion, thread->NestingVersion + 1);
    }
}
