using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void answer(int64_t* state)</c>: writes <see cref="Answer"/> and returns.</summary>
internal static class ReturnGuest
{
    internal const int Answer = 42;

    internal const string Name = "answer";

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, static e =>
    {
        e.EnterFrame();
        e.StoreImmediate(Reg64.Rdi, 0, Answer);
        e.LeaveFrame();
    });
}
