using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void fill(Fill* fill)</c>: pushes one word again and again, and notes where its stack began and how far down it came.</summary>
internal static class FillGuest
{
    internal const string Name = "fill";

    /// <summary>More words than any stack holds.</summary>
    internal const nint Endless = -1;

    private const int Words = 0;
    private const int Pattern = 8;
    private const int Top = 16;
    private const int Lowest = 24;

    /// <summary>How many words to push, which one, and what became of it.</summary>
    internal struct Fill
    {
        internal nint Words;
        internal nuint Pattern;
        internal nuint Top;
        internal nuint Lowest;

        /// <summary>Gets how many bytes of stack the guest could write to, from the first to the last.</summary>
        internal readonly nuint Depth => Top - Lowest;
    }

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, static e =>
    {
        CodeLabel next = e.NewLabel();
        CodeLabel done = e.NewLabel();
        e.Address(Reg64.Rax, Reg64.Rsp, sizeof(ulong)); // the call pushed the return address
        e.Store(Reg64.Rdi, Top, Reg64.Rax);
        e.EnterFrame();
        e.Load(Reg64.Rcx, Reg64.Rdi, Words);
        e.Load(Reg64.Rax, Reg64.Rdi, Pattern);
        e.Bind(next);
        e.Test(Reg64.Rcx, Reg64.Rcx);
        e.JumpIf(Condition.Equal, done);
        e.Push(Reg64.Rax);
        e.Store(Reg64.Rdi, Lowest, Reg64.Rsp);
        e.Subtract(Reg64.Rcx, 1);
        e.Jump(next);
        e.Bind(done);
        e.LeaveFrame();
    });
}
