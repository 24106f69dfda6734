using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>
/// A trap raised by a host function whose calling frame is gone: the guest's last act was a jump there. The walk over the guest's stack
/// finds the exit label at once (CVE-2024-47763: such a walk crashed).
/// </summary>
internal static unsafe class TailCall
{
    internal static string? Run()
    {
        using HostFunction host = HostFunction.Create(GuestSignature.Create([]), static (ref call) => call.Trap(TrapCode.TableAccessOutOfBounds));
        string? wrong = Jump(host.Address, TrapCode.TableAccessOutOfBounds, null);

        // The native raise takes its code as the C convention passes it.
        wrong ??= Jump(HostCall.NativeRaiseTrap, TrapCode.BadSignature, (void*)(nint)TrapCode.BadSignature);
        return wrong ?? GuestFaults.All[0].Run();
    }

    private static string? Jump(nint target, TrapCode expected, void* argument)
    {
        using GuestCode code = GuestAssembly.Announce("tail", e =>
        {
            e.Move(Reg64.Rax, target);
            e.Jump(Reg64.Rax);
        });
        Trap? trap = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)code.Start, argument).Trap;
        return trap?.Code == expected && trap.Kind == TrapKind.Library
            ? null
            : $"a jump to the host ended in {trap?.ToString() ?? "a return"}";
    }
}
