using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Calls;

/// <summary><c>void (OwnStack*)</c>: moves to a stack of its own making, as coroutines do, and calls a function there.</summary>
internal static class OwnStackGuest
{
    private const int Function = 0;
    private const int Argument = 8;
    private const int Top = 16;
    private const int Saved = 24;

    /// <summary>What the guest is given: where to go, what to call there, and room to note where it came from.</summary>
    internal struct OwnStack
    {
        internal nint Function;
        internal long Argument;
        internal nuint Top;
        internal nuint Saved;
    }

    /// <summary>Emits the guest.</summary>
    internal static byte[] Write()
    {
        X64Emitter e = new();
        e.Push(Reg64.Rbx);
        e.Move(Reg64.Rbx, Reg64.Rdi);
        e.Store(Reg64.Rbx, Saved, Reg64.Rsp);
        e.Load(Reg64.Rdi, Reg64.Rbx, Argument);
        e.Load(Reg64.Rsp, Reg64.Rbx, Top);
        e.CallMemory(Reg64.Rbx, Function);
        e.Load(Reg64.Rsp, Reg64.Rbx, Saved);
        e.Pop(Reg64.Rbx);
        e.Return();
        return e.Finish();
    }
}
