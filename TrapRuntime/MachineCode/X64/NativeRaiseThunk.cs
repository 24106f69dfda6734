using TrapRuntime.Activations;

namespace TrapRuntime.MachineCode.X64;

/// <summary>Ends the guest with a trap code, from guest code or from a library it calls. Never returns.</summary>
/// <remarks>Wasmer: <c>raise_lib_trap</c>, <c>wasmer_vm_raise_trap</c>.</remarks>
internal static class NativeRaiseThunk
{
    // In:  edi = trap code; called by the guest. Out: unwound, rbx = Activation*.
    // Where no guest is active, or it waits for a host call, there is nobody to tell: an undefined instruction ends the process as any foreign fault would.
    internal static void Emit(X64Emitter e, ThunkEnvironment environment, ThunkLabels labels)
    {
        CodeLabel noGuest = e.NewLabel();

        e.Bind(labels.NativeRaise);
        FindThreadBlock.Emit(e, environment.ThreadBlock, noGuest);
        e.Load(Reg64.Rbx, Reg64.Rax, ThreadOffsets.Innermost);
        e.Test(Reg64.Rbx, Reg64.Rbx);
        e.JumpIf(Condition.Equal, noGuest);
        e.CompareMemory(Reg64.Rbx, ActivationOffsets.HostCallFrame, 0);
        e.JumpIf(Condition.NotEqual, noGuest);

        // The trap shows the raiser: its return address, its stack, its frame.
        e.Load(Reg64.Rcx, Reg64.Rsp, 0);
        e.Store(Reg64.Rax, ThreadOffsets.CapturedProgramCounter, Reg64.Rcx);
        e.Address(Reg64.Rcx, Reg64.Rsp, sizeof(ulong));
        e.Store(Reg64.Rax, ThreadOffsets.CapturedStackPointer, Reg64.Rcx);
        e.Store(Reg64.Rax, ThreadOffsets.CapturedFramePointer, Reg64.Rbp);
        e.Store32(Reg64.Rbx, ActivationOffsets.RaisedCode, Reg64.Rdi);
        e.OrMemory32(Reg64.Rbx, ActivationOffsets.Status, (int)ActivationStatus.NativeRaise);
        e.ClearDirection();
        e.Jump(labels.Unwound);

        e.Bind(noGuest);
        e.UndefinedInstruction();
    }
}
