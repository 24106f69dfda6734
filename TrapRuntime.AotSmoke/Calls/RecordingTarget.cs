using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Calls;

/// <summary>A native function of any signature that writes its arguments and its stack pointer down and returns what the record says.</summary>
internal static class RecordingTarget
{
    /// <summary>Emits the function.</summary>
    internal static byte[] Write(ArgumentRecord record)
    {
        X64Emitter e = new();
        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
        e.Push(Reg64.Rbx);
        e.Move(Reg64.Rbx, (ulong)record.Address);
        record.WriteSpill(e, target: true);
        e.Store(Reg64.Rbx, ArgumentRecord.TargetStack, Reg64.Rsp);
        e.Load(Reg64.Rax, Reg64.Rbx, ArgumentRecord.Result);
        e.LoadDouble(Xmm.Xmm0, Reg64.Rbx, ArgumentRecord.Result);
        e.Pop(Reg64.Rbx);
        e.Pop(Reg64.Rbp);
        e.Return();
        return e.Finish();
    }
}
