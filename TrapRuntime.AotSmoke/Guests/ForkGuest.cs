using System.Runtime.InteropServices;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary>
/// <c>void fork_and_wait(Fork* fork)</c>: forks; the child overwrites some of its stack and exits, the parent waits for it. Native code all
/// the way: a child of fork(2) has one thread, and no runtime that knows it.
/// </summary>
internal static class ForkGuest
{
    internal const string Name = "fork_and_wait";

    /// <summary>What the child exits with.</summary>
    internal const int ExitCode = 42;

    /// <summary>An even number of words, so that the stack stays aligned for the call that follows.</summary>
    private const int WordsOverwritten = 1024;

    private const int ForkFunction = 0;
    private const int WaitFunction = 8;
    private const int ExitFunction = 16;
    private const int Child = 24;
    private const int Reaped = 28;
    private const int Status = 32;

    /// <summary>The functions of the C library it needs, and what came of it.</summary>
    internal struct Fork
    {
        internal nint ForkFunction;
        internal nint WaitFunction;
        internal nint ExitFunction;
        internal int Child;
        internal int Reaped;
        internal int Status;

        internal static Fork Create()
        {
            nint library = NativeLibrary.Load("libc.so.6");
            return new Fork
            {
                ForkFunction = NativeLibrary.GetExport(library, "fork"),
                WaitFunction = NativeLibrary.GetExport(library, "waitpid"),
                ExitFunction = NativeLibrary.GetExport(library, "_exit"),
            };
        }
    }

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, static e =>
    {
        CodeLabel inChild = e.NewLabel();
        CodeLabel overwrite = e.NewLabel();
        e.EnterFrame();
        e.Push(Reg64.Rbx);
        e.Subtract(Reg64.Rsp, sizeof(ulong)); // calls happen with a 16-byte aligned stack
        e.Move(Reg64.Rbx, Reg64.Rdi);
        e.CallMemory(Reg64.Rbx, ForkFunction);
        e.Compare32(Reg64.Rax, 0);
        e.JumpIf(Condition.Equal, inChild);
        e.Store32(Reg64.Rbx, Child, Reg64.Rax);
        e.Move(Reg64.Rdi, Reg64.Rax);
        e.Address(Reg64.Rsi, Reg64.Rbx, Status);
        e.Zero(Reg64.Rdx);
        e.CallMemory(Reg64.Rbx, WaitFunction);
        e.Store32(Reg64.Rbx, Reaped, Reg64.Rax);
        e.Add(Reg64.Rsp, sizeof(ulong));
        e.Pop(Reg64.Rbx);
        e.LeaveFrame();

        e.Bind(inChild);
        e.Move(Reg64.Rcx, WordsOverwritten);
        e.Bind(overwrite);
        e.Push(Reg64.Rcx);
        e.Subtract(Reg64.Rcx, 1);
        e.JumpIf(Condition.NotEqual, overwrite);
        e.Move(Reg64.Rdi, ExitCode);
        e.CallMemory(Reg64.Rbx, ExitFunction);
    });
}
