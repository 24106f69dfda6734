using System.Runtime.InteropServices;
using TrapRuntime.Interop;
using TrapRuntime.Platforms.Linux;
using TrapRuntime.Signals;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>Another library replaces the signal stack by a small one, or by none; ours comes back.</summary>
internal static unsafe class SmallSignalStack
{
    /// <summary>Holds a signal frame and the handler, and is still smaller than ours.</summary>
    private const int SmallSize = 32 * 1024;

    internal static string? Run()
    {
        GuestFault read = GuestFaults.All[0];
        GuestFault recursion = GuestFaults.All[^1];
        nint small = (nint)NativeMemory.AlignedAlloc(SmallSize, 64);
        TrapHandlers.InitializeCurrentThread();
        Current ours = Read();
        string? Expect(string when) => Read() == ours ? null : $"{when}: {Read()} instead of {ours}";

        if (ours.Size < SignalStacks.RequiredSize)
        {
            return $"the signal stack has {ours.Size} bytes";
        }

        Set(small, SmallSize);
        TrapHandlers.InitializeCurrentThread();
        string? wrong = Expect("InitializeCurrentThread");

        Set(small, SmallSize);
        _ = TrapHandlers.EnsureTopmost();
        wrong ??= Expect("EnsureTopmost");

        Set(small, SmallSize);
        wrong ??= read.Run() ?? Expect("a trap on the small stack");

        // No signal stack at all: the first trap is handled on the guest stack, the next may be an overflow again.
        Set(0, 0);
        return wrong ?? read.Run() ?? Expect("a trap without a signal stack") ?? recursion.Run();
    }

    private static Current Read()
    {
        LinuxSignalStack stack;
        _ = Libc.SigAltStack(null, &stack);
        return new Current(stack.ss_sp, stack.ss_size);
    }

    private static void Set(nint start, nuint size)
    {
        LinuxSignalStack stack = new() { ss_sp = (nuint)start, ss_size = size, ss_flags = size == 0 ? LinuxSignalStack.SS_DISABLE : 0 };
        _ = Libc.SigAltStack(&stack, null);
    }

    private readonly record struct Current(nuint Start, nuint Size);
}
