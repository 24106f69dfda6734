using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void call(void (*function)(void))</c>: calls whatever it is given.</summary>
internal static class CallGuest
{
    internal const string Name = "call";

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, static e =>
    {
        e.EnterFrame();
        e.Call(Reg64.Rdi);
        e.LeaveFrame();
    });
}
