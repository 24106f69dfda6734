using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void jump(void* address)</c>: jumps to wherever it is told.</summary>
internal static class JumpGuest
{
    internal const string Name = "jump";

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, static e => e.Jump(Reg64.Rdi));
}
