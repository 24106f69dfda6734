using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void lose_stack(int64_t* started)</c>: loses its stack pointer, says that it has begun, then never ends.</summary>
internal static class LostStackGuest
{
    internal const string Name = "lose_stack";

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, static e =>
    {
        CodeLabel again = e.NewLabel();
        e.Zero(Reg64.Rsp);
        e.StoreImmediate(Reg64.Rdi, 0, 1);
        e.Bind(again);
        e.Pause();
        e.Jump(again);
    });
}
