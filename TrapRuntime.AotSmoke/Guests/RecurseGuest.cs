using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void recurse(void)</c>: calls itself for ever, in frames of a few dozen bytes.</summary>
internal static class RecurseGuest
{
    internal const string Name = "recurse";

    private const int Locals = 64;

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, static e =>
    {
        CodeLabel self = e.NewLabel();
        e.Bind(self);
        e.EnterFrame();
        e.Subtract(Reg64.Rsp, Locals);
        e.Call(self);
        e.LeaveFrame();
    });
}
