using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrapRuntime.AotSmoke.Bench;

/// <summary>What the guest of the call loop reads: a function, how often to call it, and two arguments.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CallLoop
{
    internal nint Function;
    internal nint Count;
    internal nint First;
    internal nint Second;

    /// <summary>
    /// Runs the loop on a guest stack. Written field by field: CoreCLR clears a struct of this size with 256-bit vectors, and then its own
    /// 128-bit code on the way out of managed code costs more than the guest call.
    /// </summary>
    [SkipLocalsInit]
    internal static TrapResult Run(BenchGuests guests, int count, nint function, nint first = 0, nint second = 0)
    {
        CallLoop loop;
        loop.Function = function;
        loop.Count = count;
        loop.First = first;
        loop.Second = second;
        return GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guests.CallLoop.Start, &loop);
    }

    /// <summary>Runs the loop on the thread's own stack, by a plain call: the floor of host calls.</summary>
    internal static void RunDirectly(BenchGuests guests, int count, delegate* unmanaged<void> function)
    {
        CallLoop loop = new() { Function = (nint)function, Count = count };
        ((delegate* unmanaged<void*, void>)guests.CallLoop.Start)(&loop);
    }
}
