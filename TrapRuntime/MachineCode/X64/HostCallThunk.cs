namespace TrapRuntime.MachineCode.X64;

/// <summary>The adapter of host functions whose target is an unmanaged-callable method of the same signature.</summary>
internal static class HostCallThunk
{
    private const byte WordShift = 3;
    private const int StackAlignment = 16;

    // In:  r11 = HostSlot*, a C call's registers and stack arguments.
    // Out: rax, rdx, xmm0, xmm1 = the target's result; or gone to the exit label.
    // Clobbers: what the C convention lets a call clobber.
    internal static void Emit(X64Emitter e, ThunkEnvironment environment, ThunkLabels labels)
    {
        CodeLabel call = e.NewLabel();
        CodeLabel copy = e.NewLabel();
        CodeLabel next = e.NewLabel();

        e.Bind(labels.HostCall);
        HostSwitch.EmitEnter(e, environment);
        e.Load(Reg64.R10, Reg64.R11, HostSlotOffsets.StackWords);
        e.Test(Reg64.R10, Reg64.R10);
        e.JumpIf(Condition.NotEqual, copy);
        e.Bind(call);
        e.CallMemory(Reg64.R11, HostSlotOffsets.Target);
        HostSwitch.EmitLeave(e, labels);

        e.Bind(copy);
        e.Move(Reg64.Rax, Reg64.R10);
        e.ShiftLeft(Reg64.Rax, WordShift);
        e.Add(Reg64.Rax, StackAlignment - 1);
        e.And(Reg64.Rax, -StackAlignment);
        e.Subtract(Reg64.Rsp, Reg64.Rax);
        e.Bind(next);
        e.LoadIndexed(Reg64.Rax, Reg64.Rbp, Reg64.R10, sizeof(ulong), SystemVArguments.FirstStackArgument - sizeof(ulong));
        e.StoreIndexed(Reg64.Rsp, Reg64.R10, sizeof(ulong), -sizeof(ulong), Reg64.Rax);
        e.Subtract(Reg64.R10, 1);
        e.JumpIf(Condition.NotEqual, next);
        e.Jump(call);
    }
}
