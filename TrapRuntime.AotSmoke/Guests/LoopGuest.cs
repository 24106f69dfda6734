using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void loop(int64_t* started)</c>: says that it has begun, then never ends.</summary>
internal static class LoopGuest
{
    internal const string Name = "loop";

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, Write);

    /// <summary>The same instructions, for whoever maps them himself.</summary>
    internal static void Write(X64Emitter e)
    {
        CodeLabel again = e.NewLabel();
        e.EnterFrame();
        e.StoreImmediate(Reg64.Rdi, 0, 1);
        e.Bind(again);
        e.Pause();
        e.Jump(again);
    }
}
