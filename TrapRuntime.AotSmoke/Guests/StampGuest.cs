using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void stamp(int64_t* last)</c>: writes the processor's time stamp, again and again, without end.</summary>
internal static class StampGuest
{
    internal const string Name = "stamp";

    private const int HalfBits = 32;

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, static e =>
    {
        CodeLabel again = e.NewLabel();
        e.Bind(again);
        e.WriteTimeStamp();
        e.Store(Reg64.Rdi, 0, Reg64.Rax);
        e.Jump(again);
    });

    /// <summary>Leaves the whole time stamp in rax. Clobbers: rdx, flags.</summary>
    internal static void WriteTimeStamp(this X64Emitter e)
    {
        e.ReadTimeStamp();
        e.ShiftLeft(Reg64.Rdx, HalfBits);
        e.Or(Reg64.Rax, Reg64.Rdx);
    }
}
