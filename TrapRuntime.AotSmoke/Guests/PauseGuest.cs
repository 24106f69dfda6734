using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void wait(int64_t* started)</c>: says that it has begun, then sleeps in pause(2) for ever.</summary>
internal static class PauseGuest
{
    private const int SysPause = 34; // the kernel's number on x86_64

    internal static void Write(X64Emitter e)
    {
        CodeLabel again = e.NewLabel();
        e.StoreImmediate(Reg64.Rdi, 0, 1);
        e.Bind(again);
        e.Move(Reg64.Rax, SysPause);
        e.SystemCall();
        e.Jump(again);
    }
}
