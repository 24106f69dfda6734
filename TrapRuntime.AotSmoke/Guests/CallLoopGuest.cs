using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void call_loop(Calls* calls)</c>: <c>do { calls->function(calls); calls->done++; } while (--calls->left != 0)</c>.</summary>
internal static class CallLoopGuest
{
    internal const string Name = "call_loop";

    private const int Function = 0;
    private const int Left = 8;
    private const int Done = 16;

    /// <summary>The function, how often to call it (0: without end), and how often it has returned.</summary>
    internal struct Calls
    {
        internal nint Function;
        internal long Left;
        internal long Done;
    }

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, static e =>
    {
        CodeLabel again = e.NewLabel();
        e.EnterFrame();
        e.Push(Reg64.Rbx);
        e.Subtract(Reg64.Rsp, sizeof(ulong)); // calls happen with a 16-byte aligned stack
        e.Move(Reg64.Rbx, Reg64.Rdi);
        e.Bind(again);
        e.Move(Reg64.Rdi, Reg64.Rbx);
        e.CallMemory(Reg64.Rbx, Function);
        e.AddMemory(Reg64.Rbx, Done, 1);
        e.AddMemory(Reg64.Rbx, Left, -1);
        e.JumpIf(Condition.NotEqual, again);
        e.Add(Reg64.Rsp, sizeof(ulong));
        e.Pop(Reg64.Rbx);
        e.LeaveFrame();
    });
}
