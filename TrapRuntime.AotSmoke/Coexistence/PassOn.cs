using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.AotSmoke.Scenarios;

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
                long state = 0;
                string? wrong = Run(ReturnGuest.Emit(), &state, null);
                CallHere(function);
                return wrong;
            case Place.AfterTrap:
                wrong = Run(ReadGuest.Emit(), (void*)WildAddress.Unmapped, TrapCode.None) ?? Run(RecurseGuest.Emit(), null, TrapCode.StackOverflow);
                CallHere(function);
                return wrong;
            case Place.HostCall:
                OnHostStackGuest.Request request = new() { Entry = HostCall.NativeOnHostStack, Function = function };
                return Run(OnHostStackGuest.Emit(), &request, null);
            default:
                return Run(CallGuest.Emit(), (void*)function, null);
        }
    }

    private static void CallHere(nint function) => ((delegate* unmanaged<void*, void>)function)(null);

    // `expected` null: the guest returns.
    private static string? Run(GuestCode code, void* argument, TrapCode? expected)
    {
        using (code)
        {
            TrapResult result = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)code.Start, argument);
            return result.Trap?.Code == expected ? null : $"The guest ended in {result.Trap?.ToString() ?? "a return"}.";
        }
    }
}
