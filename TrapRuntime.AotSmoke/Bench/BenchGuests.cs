using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Bench;

/// <summary>The guest code that the benchmarks run, emitted once.</summary>
internal sealed class BenchGuests
{
    private const int FrameBytes = 64;

    /// <summary>Returns at once.</summary>
    internal GuestCode Empty { get; } = Emit("empty", static e => e.Return());

    /// <summary>Reads address 0.</summary>
    internal GuestCode NullRead { get; } = Emit("null read", static e =>
    {
        e.Zero(Reg64.Rax);
        e.Load(Reg64.Rax, Reg64.Rax, 0);
        e.Return();
    });

    /// <summary>Runs into an illegal instruction that carries a code.</summary>
    internal GuestCode Unreachable { get; } = Emit("unreachable", static e => e.UndefinedWithPayload(9));

    /// <summary>Divides by zero.</summary>
    internal GuestCode Divide { get; } = Emit("divide", static e =>
    {
        e.Zero(Reg64.Rcx);
        e.Move(Reg64.Rax, 5);
        e.SignExtendAccumulator32();
        e.DivideSigned32(Reg64.Rcx);
        e.Return();
    });

    /// <summary>Calls itself for ever, 80 bytes a frame.</summary>
    internal GuestCode Recursion { get; } = Emit("recursion", static e =>
    {
        var self = e.NewLabel();
        e.Bind(self);
        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
        e.Subtract(Reg64.Rsp, FrameBytes);
        e.Call(self);
        e.Return();
    });

    /// <summary>Read address 0 with so many frames on the guest stack.</summary>
    internal GuestCode NullReadIn10Frames { get; } = EmitDeepNullRead(10);

    /// <inheritdoc cref="NullReadIn10Frames"/>
    internal GuestCode NullReadIn20Frames { get; } = EmitDeepNullRead(20);

    /// <inheritdoc cref="NullReadIn10Frames"/>
    internal GuestCode NullReadIn64Frames { get; } = EmitDeepNullRead(64);

    /// <summary>Adds its two integer arguments.</summary>
    internal GuestCode AddTwo { get; } = Emit("add", static e =>
    {
        e.Address(Reg64.Rax, Reg64.Rdi, 0);
        e.Add(Reg64.Rax, Reg64.Rsi);
        e.Return();
    });

    /// <summary>Calls the function at [rdi] as often as [rdi + 8] says; its argument is [rdi + 16].</summary>
    internal GuestCode CallLoop { get; } = Emit("call loop", static e =>
    {
        var again = e.NewLabel();
        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
        e.Push(Reg64.Rbx);
        e.Push(Reg64.R12);
        e.Move(Reg64.Rbx, Reg64.Rdi);
        e.Load(Reg64.R12, Reg64.Rbx, 8);
        e.Bind(again);
        e.Load(Reg64.Rdi, Reg64.Rbx, 16);
        e.Load(Reg64.Rsi, Reg64.Rbx, 24);
        e.CallMemory(Reg64.Rbx, 0);
        e.Subtract(Reg64.R12, 1);
        e.JumpIf(Condition.NotEqual, again);
        e.Pop(Reg64.R12);
        e.Pop(Reg64.Rbx);
        e.Pop(Reg64.Rbp);
        e.Return();
    });

    /// <summary>Emits a piece of guest code.</summary>
    internal static GuestCode Emit(string name, Action<X64Emitter> write)
    {
        X64Emitter e = new();
        write(e);
        return GuestCode.Emit(e.Finish(), new GuestCodeInfo { Name = name });
    }

    /// <summary>Goes so many frames deep, and on behind what is written. A counted recursion would cost more, which would be the guest's time.</summary>
    internal static void WriteFrames(X64Emitter e, int frames)
    {
        for (int i = 1; i < frames; i++)
        {
            var next = e.NewLabel();
            e.Push(Reg64.Rbp);
            e.Move(Reg64.Rbp, Reg64.Rsp);
            e.Call(next);
            e.Pop(Reg64.Rbp);
            e.Return();
            e.Bind(next);
        }

        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
    }

    private static GuestCode EmitDeepNullRead(int frames) => Emit($"null read in {frames} frames", e =>
    {
        WriteFrames(e, frames);
        e.Zero(Reg64.Rax);
        e.Load(Reg64.Rax, Reg64.Rax, 0);
    });
}
