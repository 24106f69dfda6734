using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>int64_t read(int64_t* address)</c>: one load.</summary>
internal static class ReadGuest
{
    internal const string Name = "read";

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, Write);

    /// <summary>The same instructions, for whoever maps them himself.</summary>
    internal static void Write(X64Emitter e)
    {
        e.EnterFrame();
        e.Load(Reg64.Rax, Reg64.Rdi, 0);
        e.LeaveFrame();
    }
}
