using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary>
/// A custom handler, in machine code: opens the page that a guest missed, if it lies in one range, and lets the guest go on. The code
/// that runs inside a signal must not enter the runtime, so no managed method would do.
/// </summary>
internal static unsafe class PageRepairHandler
{
    private const int SysMprotect = 10; // the kernel's number on x86_64
    private const int ProtReadWrite = 3;
    private const int PageBits = 12;
    private const int PageSize = 1 << PageBits;

    /// <summary><c>siginfo_t* TrapSignal.Info</c>, and <c>si_addr</c> in it.</summary>
    private const int InfoOffset = 8;
    private const int AddressOffset = 16;

    /// <summary>Makes the handler for the pages from <paramref name="start"/> up to <paramref name="end"/>.</summary>
    internal static TrapHandlerFn Create(nint start, nint end) =>
        new((delegate* unmanaged<TrapSignal*, int>)GuestAssembly.MapForeign(e => Write(e, start, end)));

    // In:  rdi = TrapSignal*. Out: eax = 1 when the page is open now, else 0.
    private static void Write(X64Emitter e, nint start, nint end)
    {
        CodeLabel notOurs = e.NewLabel();
        e.Load32(Reg64.Rax, Reg64.Rdi, 0);
        e.Compare32(Reg64.Rax, LinuxSignals.SIGSEGV);
        e.JumpIf(Condition.NotEqual, notOurs);
        e.Load(Reg64.Rax, Reg64.Rdi, InfoOffset);
        e.Load(Reg64.Rdi, Reg64.Rax, AddressOffset);
        e.Move(Reg64.Rcx, start);
        e.Compare(Reg64.Rdi, Reg64.Rcx);
        e.JumpIf(Condition.Below, notOurs);
        e.Move(Reg64.Rcx, end);
        e.Compare(Reg64.Rdi, Reg64.Rcx);
        e.JumpIf(Condition.AboveOrEqual, notOurs);

        e.And(Reg64.Rdi, -PageSize);
        e.Move(Reg64.Rsi, PageSize);
        e.Move(Reg64.Rdx, ProtReadWrite);
        e.Move(Reg64.Rax, SysMprotect);
        e.SystemCall();
        e.Test(Reg64.Rax, Reg64.Rax);
        e.JumpIf(Condition.NotEqual, notOurs);
        e.Move(Reg64.Rax, 1);
        e.Return();

        e.Bind(notOurs);
        e.Zero(Reg64.Rax);
        e.Return();
    }
}
