using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrapRuntime.Activations;
using TrapRuntime.Platforms;
using TrapRuntime.Stacks;

namespace TrapRuntime.Signals;

/// <summary>Makes threads ready for guests, and takes back what they held when they are gone.</summary>
internal static unsafe class ThreadSetup
{
    /// <summary>Makes the calling thread ready; does nothing when it is.</summary>
    /// <returns>The thread's block.</returns>
    /// <exception cref="OutOfMemoryException">There is no memory for the thread's signal stack.</exception>
    /// <remarks>Wasmer: <c>lazy_per_thread_init</c>.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ThreadBlock* Ensure()
    {
        ThreadBlock* existing = CurrentThread.BlockOrNull;
        if (existing != null)
        {
            return existing;
        }

        TrapPath path = TrapPath.Ensure();
        ThreadReclaimer.CountComing();
        ThreadBlock* thread = (ThreadBlock*)NativeMemory.AllocZeroed((nuint)sizeof(ThreadBlock));
        thread->Process = ProcessState.Block;
        thread->Enter = path.Thunks.Enter;
        thread->CodePolicy = (int)path.Options.CodePolicy;
        thread->Thread = PlatformSignals.Current.CurrentThread;
        try
        {
            SignalStacks.Give(thread);
            PlatformSignals.Current.SetThreadValue(path.ThreadKey, thread);
            PlatformSignals.Current.CallAtThreadEnd(path.ThreadLeave, thread);
        }
        catch
        {
            NativeMemory.Free(thread);
            throw;
        }

        ThreadRegistry.Add(thread);
        CurrentThread.Set(new ThreadHolder(thread));
        return thread;
    }

    /// <summary>Makes the calling thread ready, or looks whether it still is.</summary>
    /// <inheritdoc cref="Ensure"/>
    internal static void EnsureAgain()
    {
        if (!LookAgain())
        {
            _ = Ensure();
        }
    }

    /// <summary>Puts a ready thread's signal stack back if another library has replaced it by a small one.</summary>
    /// <returns>False where the thread was never made ready.</returns>
    internal static bool LookAgain()
    {
        ThreadBlock* thread = CurrentThread.BlockOrNull;
        if (thread == null)
        {
            return false;
        }

        SignalStacks.Give(thread);
        return true;
    }

    /// <summary>Takes back everything a thread held, but for its block. The thread has ended.</summary>
    internal static void Release(ThreadBlock* thread)
    {
        StackCache.ReleaseThread(thread);
        ThreadRegistry.Remove(thread);
        SignalStacks.Release(thread);
    }
}
