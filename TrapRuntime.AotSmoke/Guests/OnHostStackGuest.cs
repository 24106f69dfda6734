using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void on_host_stack(Request* request)</c>: <c>request->entry(request->function, request->argument)</c>.</summary>
internal static class OnHostStackGuest
{
    internal const string Name = "on_host_stack";

    private const int Entry = 0;
    private const int Function = 8;
    private const int Argument = 16;

    /// <summary>The entry, and its two arguments.</summary>
    internal struct Request
    {
        internal nint Entry;
        internal nint Function;
        internal nint Argument;
    }

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, static e =>
    {
        e.EnterFrame();
        e.Load(Reg64.Rax, Reg64.Rdi, Entry);
        e.Load(Reg64.Rsi, Reg64.Rdi, Argument);
        e.Load(Reg64.Rdi, Reg64.Rdi, Function);
        e.Call(Reg64.Rax);
        e.LeaveFrame();
    });
}
