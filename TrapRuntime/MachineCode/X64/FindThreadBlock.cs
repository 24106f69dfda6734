namespace TrapRuntime.MachineCode.X64;

/// <summary>Finds the thread block. Uses neither dynamic thread-local storage nor a lock, so signals and thunks may.</summary>
internal static class FindThreadBlock
{
    /// <summary>The red zone of the System V convention is 128 bytes; calls align the stack to 16.</summary>
    private const int StackAlignment = 16;
    private const int VectorBytes = 16;

    /// <summary>
    /// More than the subroutine pushes and its leaf of the C library needs, less than the smallest guard: a guest stack with less
    /// room is met at its guard here, in code whose faults there are known for overflows.
    /// </summary>
    private const int SubroutineStackBytes = 1024;

    private static readonly Reg64[] s_kept =
        [Reg64.Rdi, Reg64.Rsi, Reg64.Rdx, Reg64.Rcx, Reg64.R8, Reg64.R9, Reg64.R10, Reg64.R11];

    private static readonly Xmm[] s_keptVectors =
        [Xmm.Xmm0, Xmm.Xmm1, Xmm.Xmm2, Xmm.Xmm3, Xmm.Xmm4, Xmm.Xmm5, Xmm.Xmm6, Xmm.Xmm7];

    // Out: rax = ThreadBlock*; goes to `missing` where the thread has none.
    // Clobbers: flags. The subroutine needs a stack that may be pushed to.
    internal static void Emit(X64Emitter e, in ThreadBlockAccess access, CodeLabel missing)
    {
        if (access.IsInline)
        {
            e.LoadThreadPointerRelative(Reg64.Rax, access.SequenceOffset);
            e.Compare(Reg64.Rax, access.Sequence);
            e.JumpIf(Condition.NotEqual, missing);
            e.LoadThreadPointerRelative(Reg64.Rax, access.ValueOffset);
        }
        else
        {
            e.CompareMemory(Reg64.Rsp, -SubroutineStackBytes, 0);
            e.Move(Reg64.Rax, access.Subroutine);
            e.Call(Reg64.Rax);
        }

        e.Test(Reg64.Rax, Reg64.Rax);
        e.JumpIf(Condition.Equal, missing);
    }

    // The subroutine where the thread pointer is not known: asks pthread_getspecific, which is safe in signals in practice.
    // Out: rax = ThreadBlock* or 0. Clobbers: flags. Keeps every argument register.
    internal static void EmitSubroutine(X64Emitter e, nint getSpecific, uint key)
    {
        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
        foreach (Reg64 register in s_kept)
        {
            e.Push(register);
        }

        e.And(Reg64.Rsp, -StackAlignment);
        e.Subtract(Reg64.Rsp, VectorBytes * s_keptVectors.Length);
        for (int i = 0; i < s_keptVectors.Length; i++)
        {
            e.StoreVector(Reg64.Rsp, i * VectorBytes, s_keptVectors[i]);
        }

        e.Move(Reg64.Rdi, (long)key);
        e.Move(Reg64.Rax, getSpecific);
        e.Call(Reg64.Rax);
        for (int i = 0; i < s_keptVectors.Length; i++)
        {
            e.LoadVector(s_keptVectors[i], Reg64.Rsp, i * VectorBytes);
        }

        e.Address(Reg64.Rsp, Reg64.Rbp, -s_kept.Length * sizeof(ulong));
        for (int i = s_kept.Length - 1; i >= 0; i--)
        {
            e.Pop(s_kept[i]);
        }

        e.Pop(Reg64.Rbp);
        e.Return();
    }
}
