using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Stacks;

namespace TrapRuntime.Tests.Support;

/// <summary>What the library keeps for a thread, without the thread: a registered block, ended by disposing.</summary>
internal sealed unsafe class TestThread : IDisposable
{
    private bool _ended;

    internal TestThread()
    {
        Block = (ThreadBlock*)NativeMemory.AllocZeroed((nuint)sizeof(ThreadBlock));
        ThreadRegistry.Add(Block);
    }

    internal ThreadBlock* Block { get; }

    internal StackMapping Slot => Block->CachedStack;

    internal StackMapping Acquire(nuint size)
    {
        StackCache.TryAcquire(Block, size, out StackMapping stack).Should().BeTrue();
        return stack;
    }

    internal void Release(StackMapping stack) => StackCache.Release(Block, stack, stack.Top);

    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        StackCache.ReleaseThread(Block);
        ThreadRegistry.Remove(Block);
        NativeMemory.Free(Block);
    }
}
