using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void call_with(Call* call)</c>: <c>call->result = call->function(call->argument)</c>.</summary>
internal static class CallWithArgumentGuest
{
    internal const string Name = "call_with";

    private const int Function = 0;
    private const int Argument = 8;
    private const int Result = 16;

    /// <summary>The function, its argument, and what it returned.</summary>
    internal struct Call
    {
        internal nint Function;
        internal nuint Argument;
        internal nuint Result;
    }

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, static e =>
    {
        e.EnterFrame();
        e.Push(Reg64.Rbx);
        e.Subtract(Reg64.Rsp, sizeof(ulong)); // calls happen with a 16-byte aligned stack
        e.Move(Reg64.Rbx, Reg64.Rdi);
        e.Load(Reg64.Rdi, Reg64.Rbx, Argument);
        e.CallMemory(Reg64.Rbx, Function);
        e.Store(Reg64.Rbx, Result, Reg64.Rax);
        e.Add(Reg64.Rsp, sizeof(ulong));
        e.Pop(Reg64.Rbx);
        e.LeaveFrame();
    });
}
