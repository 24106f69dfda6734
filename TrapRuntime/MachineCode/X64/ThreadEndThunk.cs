using TrapRuntime.Platforms;

namespace TrapRuntime.MachineCode.X64;

/// <summary>
/// The destructors of a thread: take our signal stack off the thread that ends, so that it can be unmapped; the last one also says
/// that the thread has ended. Machine code, because a managed method must not run on a thread the runtime has let go of.
/// </summary>
internal static class ThreadEndThunk
{
    /// <summary>Room for a <c>stack_t</c>, 16-aligned.</summary>
    private const int ScratchBytes = 32;

    // In:  rdi = ThreadBlock*. Clobbers: what the C convention lets a call clobber.
    internal static void Emit(X64Emitter e, in SystemCallNumbers calls, bool isLast = true)
    {
        CodeLabel ended = e.NewLabel();

        e.Push(Reg64.Rbx);
        e.Subtract(Reg64.Rsp, ScratchBytes);
        e.Move(Reg64.Rbx, Reg64.Rdi);
        e.CompareMemory(Reg64.Rbx, ThreadOffsets.SignalStackLimit, 0);
        e.JumpIf(Condition.Equal, ended);

        // Whoever replaced our signal stack since then looks after it.
        e.Zero(Reg64.Rdi);
        e.Move(Reg64.Rsi, Reg64.Rsp);
        e.Move(Reg64.Rax, calls.SignalStack);
        e.SystemCall();
        e.Load(Reg64.Rax, Reg64.Rsp, 0);
        e.Compare(Reg64.Rax, Reg64.Rbx, ThreadOffsets.SignalStackLimit);
        e.JumpIf(Condition.NotEqual, ended);

        e.Address(Reg64.Rdi, Reg64.Rbx, ThreadOffsets.PreviousSignalStack);
        e.Zero(Reg64.Rsi);
        e.Move(Reg64.Rax, calls.SignalStack);
        e.SystemCall();

        e.Bind(ended);
        if (isLast)
        {
            e.StoreImmediate32(Reg64.Rbx, ThreadOffsets.Ended, 1);
        }

        e.Add(Reg64.Rsp, ScratchBytes);
        e.Pop(Reg64.Rbx);
        e.Return();
    }
}
