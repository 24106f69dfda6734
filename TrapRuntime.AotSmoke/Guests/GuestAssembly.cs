using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary>Turns emitted instructions into code that can run, announced or not.</summary>
internal static class GuestAssembly
{
    /// <summary>Maps and announces a guest made of one function, whose symbol has the guest's name.</summary>
    internal static GuestCode Announce(string name, Action<X64Emitter> write)
    {
        byte[] code = Write(write);
        return GuestCode.Emit(code, new GuestCodeInfo { Name = name, Symbols = [new GuestSymbol(0, (uint)code.Length, name)] });
    }

    /// <summary>Maps code without a word to the library: what it does wrong is nobody's guest's fault.</summary>
    /// <returns>The address of the first instruction. The code is never freed: threads and handlers may be in it to the end.</returns>
    internal static nint MapForeign(Action<X64Emitter> write) =>
        CodeBuffer.TryCreate(Write(write))?.Start ?? throw new OutOfMemoryException("There is no memory for native code.");

    /// <summary>Opens a frame as compilers do, so that back-traces find the way.</summary>
    internal static void EnterFrame(this X64Emitter e)
    {
        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
    }

    /// <summary>Closes the frame and returns.</summary>
    internal static void LeaveFrame(this X64Emitter e)
    {
        e.Move(Reg64.Rsp, Reg64.Rbp);
        e.Pop(Reg64.Rbp);
        e.Return();
    }

    private static byte[] Write(Action<X64Emitter> write)
    {
        X64Emitter emitter = new();
        write(emitter);
        return emitter.Finish();
    }
}
