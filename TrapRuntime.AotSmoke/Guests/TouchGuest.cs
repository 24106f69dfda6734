using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void touch(Range* range)</c>: writes a number into every page from the first byte on, and counts them.</summary>
internal static class TouchGuest
{
    internal const string Name = "touch";

    private const int Position = 0;
    private const int End = 8;
    private const int Touched = 16;

    /// <summary>Where to write, in bytes; the guest moves <see cref="Position"/> along.</summary>
    internal struct Range
    {
        internal nint Position;
        internal nint End;
        internal long Touched;
    }

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, static e =>
    {
        CodeLabel next = e.NewLabel();
        CodeLabel done = e.NewLabel();
        e.EnterFrame();
        e.Bind(next);
        e.Load(Reg64.Rax, Reg64.Rdi, Position);
        e.Compare(Reg64.Rax, Reg64.Rdi, End);
        e.JumpIf(Condition.AboveOrEqual, done);
        e.AddMemory(Reg64.Rax, 0, 1);
        e.AddMemory(Reg64.Rdi, Touched, 1);
        e.AddMemory(Reg64.Rdi, Position, Environment.SystemPageSize);
        e.Jump(next);
        e.Bind(done);
        e.LeaveFrame();
    });
}
