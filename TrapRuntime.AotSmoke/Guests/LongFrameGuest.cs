using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void long_frame(size_t bytes)</c>: opens a frame of any size at one stroke, and touches its far end.</summary>
internal static class LongFrameGuest
{
    internal const string Name = "long_frame";

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, static e =>
    {
        e.EnterFrame();
        e.Subtract(Reg64.Rsp, Reg64.Rdi);
        e.StoreImmediate(Reg64.Rsp, 0, 1);
        e.LeaveFrame();
    });
}
