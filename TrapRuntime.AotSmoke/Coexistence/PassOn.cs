using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>Calls a native function from each <see cref="Place"/>.</summary>
internal static unsafe class PassOn
{
    /// <summary>Calls <c>void function(void*)</c> from a place.</summary>
    /// <returns>What went wrong on the way there, or null.</returns>
    internal static string? Call(Place place, nint function)
    {
        switch (place)
        {
            case Place.Main:
                CallHere(function);
                return null;
            case Place.Thread:
                Thread thread = new(() => CallHere(function));
                thread.Start();
                thread.Join();
                return null;
            case Place.AfterGuest:
                string? wrong = Run(GuestBodies.Return, 0, null);
                CallHere(function);
                return wrong;
            case Place.AfterTrap:
                wrong = Run(GuestBodies.ReadNull, 0, TrapCode.None) ?? Run(GuestBodies.Recurse, 0, TrapCode.StackOverflow);
                CallHere(function);
                return wrong;
            case Place.HostCall:
                return Run(GuestBodies.CallOnHostStack, function, null);
            default:
                return Run(GuestBodies.CallOnGuestStack, function, null);
        }
    }

    private static void CallHere(nint function) => ((delegate* unmanaged<void*, void>)function)(null);

    // `expected` null: the guest returns.
    private static string? Run(Action<X64Emitter> body, nint argument, TrapCode? expected)
    {
        using GuestCode code = GuestBodies.Emit(body);
        TrapResult result = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)code.Start, (void*)argument);
        return result.Trap?.Code == expected ? null : $"The guest ended in {result.Trap?.ToString() ?? "a return"}.";
    }
}
