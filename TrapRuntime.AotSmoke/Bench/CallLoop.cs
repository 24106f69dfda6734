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

    /// <summary>Runs the loop on a guest stack.</summary>
    internal static TrapResult Run(BenchGuests guests, int count, nint function, nint first = 0, nint second = 0)
    {
        CallLoop loop = new() { Function = function, Count = count, First = first, Second = second };
        return GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guests.CallLoop.Start, &loop);
    }

    /// <summary>Runs the loop on the thread's own stack, by a plain call: the floor of host calls.</summary>
    internal static void RunDirectly(BenchGuests guests, int count, delegate* unmanaged<void> function)
    {
        CallLoop loop = new() { Function = (nint)function, Count = count };
        ((delegate* unmanaged<void*, void>)guests.CallLoop.Start)(&loop);
    }
}
