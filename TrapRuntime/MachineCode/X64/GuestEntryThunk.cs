namespace TrapRuntime.MachineCode.X64;

/// <summary>Calls a guest function with arguments. Runs on the guest stack, as the enter thunk's function.</summary>
internal static class GuestEntryThunk
{
    private const byte WordShift = 3;

    // In:  rdi = CallRegisters*. Out: its result fields filled.
    // Clobbers: what the C convention lets a call clobber.
    internal static void Emit(X64Emitter e, ThunkLabels labels)
    {
        CodeLabel registers = e.NewLabel();
        CodeLabel next = e.NewLabel();

        e.Bind(labels.GuestEntry);
        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
        e.Push(Reg64.Rbx);
        e.Push(Reg64.Rbx);
        e.Move(Reg64.Rbx, Reg64.Rdi);
        e.Load(Reg64.Rcx, Reg64.Rbx, CallRegistersOffsets.StackWords);
        e.Test(Reg64.Rcx, Reg64.Rcx);
        e.JumpIf(Condition.Equal, registers);

        // Pushes from the last word to the first: the stack pointer moves along, so that a stack too small for the arguments
        // is met at its guard, where the fault is known for an overflow, and not somewhere beyond.
        e.Move(Reg64.Rax, Reg64.Rcx);
        e.And(Reg64.Rax, 1);
        e.ShiftLeft(Reg64.Rax, WordShift);
        e.Subtract(Reg64.Rsp, Reg64.Rax);
        e.Load(Reg64.Rdx, Reg64.Rbx, CallRegistersOffsets.StackArguments);
        e.Bind(next);
        e.LoadIndexed(Reg64.Rax, Reg64.Rdx, Reg64.Rcx, sizeof(ulong), -sizeof(ulong));
        e.Push(Reg64.Rax);
        e.Subtract(Reg64.Rcx, 1);
        e.JumpIf(Condition.NotEqual, next);

        e.Bind(registers);
        ReadOnlySpan<Xmm> vector = SystemVArguments.Vector;
        for (int i = 0; i < vector.Length; i++)
        {
            e.LoadDouble(vector[i], Reg64.Rbx, CallRegistersOffsets.Vector + (i * sizeof(ulong)));
        }

        ReadOnlySpan<Reg64> general = SystemVArguments.General;
        for (int i = 0; i < general.Length; i++)
        {
            e.Load(general[i], Reg64.Rbx, CallRegistersOffsets.General + (i * sizeof(ulong)));
        }

        // A variadic function asks al how many vector registers may hold arguments.
        e.Move(Reg64.Rax, vector.Length);
        e.CallMemory(Reg64.Rbx, CallRegistersOffsets.Target);
        e.Store(Reg64.Rbx, CallRegistersOffsets.GeneralResult, Reg64.Rax);
        e.StoreDouble(Reg64.Rbx, CallRegistersOffsets.VectorResult, Xmm.Xmm0);
        e.Address(Reg64.Rsp, Reg64.Rbp, -sizeof(ulong));
        e.Pop(Reg64.Rbx);
        e.Pop(Reg64.Rbp);
        e.Return();
    }
}
