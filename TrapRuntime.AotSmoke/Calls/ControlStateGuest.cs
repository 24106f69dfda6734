using System.Runtime.InteropServices;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Calls;

/// <summary>
/// <c>void (State*)</c>: sets floating-point control and the direction flag as it likes, calls a host function, writes down what it
/// finds afterwards. On its way in it leaves an x87 exception pending that it has unmasked.
/// </summary>
internal static class ControlStateGuest
{
    private const int Function = 0;
    private const int Mxcsr = 8;
    private const int X87 = 12;
    private const int MxcsrAfter = 16;
    private const int X87After = 20;
    private const int MxcsrOfHost = 24;
    private const int X87OfHost = 28;
    private const int FlagsOfHost = 32;

    /// <summary>Emits the guest.</summary>
    internal static byte[] Write()
    {
        X64Emitter before = new();
        before.Push(Reg64.Rbx);
        before.Move(Reg64.Rbx, Reg64.Rdi);
        before.LoadMxcsr(Reg64.Rbx, Mxcsr);
        before.LoadX87Control(Reg64.Rbx, X87);
        before.SetDirection();

        // fld1; fldz; fdivp: one by zero, noticed by the next x87 instruction that waits.
        ReadOnlySpan<byte> divide = [0xD9, 0xE8, 0xD9, 0xEE, 0xDE, 0xF9];

        X64Emitter after = new();
        after.CallMemory(Reg64.Rbx, Function);
        after.StoreMxcsr(Reg64.Rbx, MxcsrAfter);
        after.StoreX87Control(Reg64.Rbx, X87After);
        after.ClearDirection();
        after.ClearX87Exceptions();
        after.EmptyX87();
        after.Pop(Reg64.Rbx);
        after.Return();
        return [.. before.Finish(), .. divide, .. after.Finish()];
    }

    /// <summary>Emits <c>void (State*)</c>, to be called on the host stack: writes down the host's state.</summary>
    internal static byte[] WriteObserver(nint state)
    {
        X64Emitter e = new();
        e.Move(Reg64.Rcx, state);
        e.StoreMxcsr(Reg64.Rcx, MxcsrOfHost);
        e.StoreX87Control(Reg64.Rcx, X87OfHost);
        e.PushFlags();
        e.Pop(Reg64.Rax);
        e.Store(Reg64.Rcx, FlagsOfHost, Reg64.Rax);
        e.Return();
        return e.Finish();
    }

    /// <summary>What the guest is given and what both sides write down.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct State
    {
        internal nint Function;
        internal uint Mxcsr;
        internal uint X87;
        internal uint MxcsrAfter;
        internal uint X87After;
        internal uint MxcsrOfHost;
        internal uint X87OfHost;
        internal ulong FlagsOfHost;
    }
}
