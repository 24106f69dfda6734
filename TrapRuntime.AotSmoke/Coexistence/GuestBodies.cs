using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Signals;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>The guests of the coexistence commands, <c>void (void*)</c> each. Linux, x86_64.</summary>
internal static class GuestBodies
{
    /// <summary>Bits 47 to 63 are not all the same.</summary>
    private const ulong NonCanonicalAddress = 0x8080_0000_0000_0000;

    private const int FrameBytes = 48;

    /// <summary>Copies a guest into executable memory and announces it.</summary>
    internal static GuestCode Emit(Action<X64Emitter> body)
    {
        X64Emitter e = new();
        body(e);
        return GuestCode.Emit(e.Finish(), new GuestCodeInfo { Name = body.Method.Name });
    }

    internal static void Return(X64Emitter e) => e.Return();

    internal static void ReadNull(X64Emitter e)
    {
        e.Zero(Reg64.Rax);
        e.Load(Reg64.Rax, Reg64.Rax, 0);
        e.Return();
    }

    internal static void ReadNonCanonical(X64Emitter e)
    {
        e.Move(Reg64.Rax, NonCanonicalAddress);
        e.Load(Reg64.Rax, Reg64.Rax, 0);
        e.Return();
    }

    internal static void DivideByZero(X64Emitter e)
    {
        e.Zero(Reg64.Rcx);
        e.Move(Reg64.Rax, 1);
        e.SignExtendAccumulator32();
        e.DivideSigned32(Reg64.Rcx);
        e.Return();
    }

    internal static void DivideOverflow(X64Emitter e)
    {
        e.Move(Reg64.Rcx, -1);
        e.Move(Reg64.Rax, int.MinValue);
        e.SignExtendAccumulator32();
        e.DivideSigned32(Reg64.Rcx);
        e.Return();
    }

    internal static void Unreachable(X64Emitter e) => e.UndefinedWithPayload((byte)(TrapCode.UnreachableCodeReached - 1));

    /// <summary>Never returns.</summary>
    internal static void Recurse(X64Emitter e)
    {
        CodeLabel again = e.NewLabel();
        e.Bind(again);
        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
        e.Subtract(Reg64.Rsp, FrameBytes);
        e.Call(again);
        e.Address(Reg64.Rsp, Reg64.Rbp, 0);
        e.Pop(Reg64.Rbp);
        e.Return();
    }

    /// <summary>Never returns: only an interrupt ends it.</summary>
    internal static void Spin(X64Emitter e)
    {
        CodeLabel again = e.NewLabel();
        e.Bind(again);
        e.Pause();
        e.Jump(again);
    }

    /// <summary>Jumps to address 0.</summary>
    internal static void CallNull(X64Emitter e)
    {
        e.Push(Reg64.Rbp);
        e.Zero(Reg64.Rax);
        e.Call(Reg64.Rax);
        e.Pop(Reg64.Rbp);
        e.Return();
    }

    /// <summary>Calls the native function in its argument on the host stack.</summary>
    internal static void CallOnHostStack(X64Emitter e)
    {
        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
        e.Zero(Reg64.Rsi);
        e.Move(Reg64.Rax, TrapPath.Ensure().Thunks.NativeOnHostStack);
        e.Call(Reg64.Rax);
        e.Pop(Reg64.Rbp);
        e.Return();
    }

    /// <summary>Calls the native function in its argument where it stands.</summary>
    internal static void CallOnGuestStack(X64Emitter e)
    {
        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
        e.Call(Reg64.Rdi);
        e.Pop(Reg64.Rbp);
        e.Return();
    }
}
