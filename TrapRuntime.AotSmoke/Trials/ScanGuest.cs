using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Trials;

/// <summary><c>void scan(Scan* scan)</c>: looks for one word in a range, which may be the stack it runs on.</summary>
internal static class ScanGuest
{
    internal const string Name = "scan";

    private const int Position = 0;
    private const int End = 8;
    private const int Pattern = 16;
    private const int Found = 24;
    private const int StackPointer = 32;

    /// <summary>Where to look and for what; how often it was there; and where the guest's own stack pointer was.</summary>
    internal struct Scan
    {
        internal nuint Position;
        internal nuint End;
        internal nuint Pattern;
        internal long Found;
        internal nuint StackPointer;
    }

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, static e =>
    {
        CodeLabel next = e.NewLabel();
        CodeLabel skip = e.NewLabel();
        CodeLabel done = e.NewLabel();
        e.EnterFrame();
        e.Store(Reg64.Rdi, StackPointer, Reg64.Rsp);
        e.Load(Reg64.Rax, Reg64.Rdi, Position);
        e.Load(Reg64.Rcx, Reg64.Rdi, Pattern);
        e.Bind(next);
        e.Compare(Reg64.Rax, Reg64.Rdi, End);
        e.JumpIf(Condition.AboveOrEqual, done);
        e.CompareMemory(Reg64.Rax, 0, Reg64.Rcx);
        e.JumpIf(Condition.NotEqual, skip);
        e.AddMemory(Reg64.Rdi, Found, 1);
        e.Bind(skip);
        e.Add(Reg64.Rax, sizeof(ulong));
        e.Jump(next);
        e.Bind(done);
        e.LeaveFrame();
    });
}
