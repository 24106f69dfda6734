using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void divide(Division* state)</c>: a signed division, in one of the forms compilers choose from.</summary>
internal static class DivideGuest
{
    internal const string Name = "divide";

    private const int Dividend = 0;
    private const int Divisor = 8;
    private const int Quotient = 16;

    /// <summary>What the guest divides, and what it finds.</summary>
    internal struct Division
    {
        internal long Dividend;
        internal long Divisor;
        internal long Quotient;
    }

    internal static GuestCode Emit(bool wide, bool fromMemory) =>
        GuestAssembly.Announce(Name, e => Write(e, wide, fromMemory));

    /// <summary>The same instructions, for whoever maps them himself.</summary>
    internal static void Write(X64Emitter e, bool wide, bool fromMemory)
    {
        e.EnterFrame();
        e.Load(Reg64.Rax, Reg64.Rdi, Dividend);
        e.Load(Reg64.Rcx, Reg64.Rdi, Divisor);
        if (wide)
        {
            WriteWide(e, fromMemory);
        }
        else
        {
            WriteNarrow(e, fromMemory);
        }

        e.Store(Reg64.Rdi, Quotient, Reg64.Rax);
        e.LeaveFrame();
    }

    private static void WriteWide(X64Emitter e, bool fromMemory)
    {
        e.SignExtendAccumulator64();
        if (fromMemory)
        {
            e.DivideSigned64Memory(Reg64.Rdi, Divisor);
        }
        else
        {
            e.DivideSigned64(Reg64.Rcx);
        }
    }

    private static void WriteNarrow(X64Emitter e, bool fromMemory)
    {
        e.SignExtendAccumulator32();
        if (fromMemory)
        {
            e.DivideSigned32Memory(Reg64.Rdi, Divisor);
        }
        else
        {
            e.DivideSigned32(Reg64.Rcx);
        }
    }
}
