namespace TrapRuntime.MachineCode.X64;

/// <summary>The adapter of host functions whose target is a managed callback: spills the arguments and calls the dispatcher.</summary>
internal static class HostCallbackThunk
{
    private const int StackAlignment = 16;

    // In:  r11 = HostSlot*, a C call's registers and stack arguments. Target: void (HostSlot*, CallRegisters*).
    // Out: rax, xmm0 = the result the dispatcher left; or gone to the exit label.
    // Clobbers: what the C convention lets a call clobber.
    internal static unsafe void Emit(X64Emitter e, ThunkEnvironment environment, ThunkLabels labels)
    {
        int frame = (sizeof(CallRegisters) + StackAlignment - 1) & -StackAlignment;

        e.Bind(labels.HostCallback);
        HostSwitch.EmitEnter(e, environment);
        e.Subtract(Reg64.Rsp, frame);
        ReadOnlySpan<Reg64> general = SystemVArguments.General;
        for (int i = 0; i < general.Length; i++)
        {
            e.Store(Reg64.Rsp, CallRegistersOffsets.General + (i * sizeof(ulong)), general[i]);
        }

        ReadOnlySpan<Xmm> vector = SystemVArguments.Vector;
        for (int i = 0; i < vector.Length; i++)
        {
            e.StoreDouble(Reg64.Rsp, CallRegistersOffsets.Vector + (i * sizeof(ulong)), vector[i]);
        }

        e.Address(Reg64.Rax, Reg64.Rbp, SystemVArguments.FirstStackArgument);
        e.Store(Reg64.Rsp, CallRegistersOffsets.StackArguments, Reg64.Rax);
        e.Move(Reg64.Rdi, Reg64.R11);
        e.Move(Reg64.Rsi, Reg64.Rsp);
        e.CallMemory(Reg64.R11, HostSlotOffsets.Target);

        // The call has returned here with its own stack pointer: the spilled registers lie at it again.
        e.Load(Reg64.Rax, Reg64.Rsp, CallRegistersOffsets.GeneralResult);
        e.LoadDouble(Xmm.Xmm0, Reg64.Rsp, CallRegistersOffsets.VectorResult);
        HostSwitch.EmitLeave(e, labels);
    }
}
