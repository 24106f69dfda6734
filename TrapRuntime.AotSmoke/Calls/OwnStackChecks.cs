using System.Runtime.InteropServices;

namespace TrapRuntime.AotSmoke.Calls;

/// <summary>A guest that runs on a stack of its own making is served like any other: managed code does not follow it there.</summary>
internal static unsafe class OwnStackChecks
{
    private const int StackBytes = 64 * 1024;
    private const ulong Nearby = 64 * 1024;
    private const int Depth = 3;

    internal static IEnumerable<CallCheck> All =>
    [
        new("A guest on a stack of its own gets its host functions on the host stack", HostStack),
        new("A guest on a stack of its own traps, raises, and is crossed by exceptions", Endings),
    ];

    private static void HostStack()
    {
        int nearby = 0;
        ulong here = (ulong)&nearby;
        ulong there = 0;
        using Nest nest = new();
        using HostFunction host = HostFunction.Create(CallGuests.One, (ref HostCallContext call) =>
        {
            ulong local = 0;
            there = (ulong)&local;
            GC.Collect();
            nest.Run(Depth, Ending.All[1]);
            return call.Arguments[0];
        });
        Require.Returned(Run(host.Address, 1));
        Require.True(here - there < Nearby);
    }

    private static void Endings()
    {
        using Nest nest = new();
        foreach (Ending ending in Ending.All.Where(static ending => ending.Argument != Ending.CancelOwnToken))
        {
            TrapResult result = default;
            Exception? error = Require.Catch(() => result = Run(ending.FunctionOf(nest), ending.Argument));
            ending.Judge(result, error);
            nest.Run(Depth, ending);
        }
    }

    private static TrapResult Run(nint function, long argument)
    {
        using GuestCode guest = GuestCode.Emit(OwnStackGuest.Write());
        void* stack = NativeMemory.AlignedAlloc(StackBytes, 16);
        try
        {
            OwnStackGuest.OwnStack state = new() { Function = function, Argument = argument, Top = (nuint)stack + StackBytes };
            return GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, &state);
        }
        finally
        {
            NativeMemory.AlignedFree(stack);
        }
    }
}
