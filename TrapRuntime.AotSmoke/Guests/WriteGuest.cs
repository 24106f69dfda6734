using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void write(int64_t* address)</c>: one store.</summary>
internal static class WriteGuest
{
    internal const string Name = "write";

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, Write);

    /// <summary>The same instructions, for whoever maps them himself.</summary>
    internal static void Write(X64Emitter e)
    {
        e.EnterFrame();
        e.StoreImmediate(Reg64.Rdi, 0, 1);
        e.LeaveFrame();
    }
}
