using TrapRuntime.Activations;

namespace TrapRuntime.MachineCode.X64;

/// <summary>The way from the guest stack to the host stack and back, shared by the thunks that call the host.</summary>
/// <remarks>
/// Wasmer: <c>on_host_stack</c>.
/// <code>
/// guest stack                              host stack
///   return address into the guest            enter thunk's frame
///   rbp ◀── rbp, HostCallFrame               ◀── HostStackPointer, aligned down to 16
///   rbx r12                                  stack arguments or spilled registers
///   guest's MXCSR, x87 control word          return address into the thunk
/// </code>
/// </remarks>
internal static class HostSwitch
{
    private const int SavedRegisters = 2;
    private const int ScratchBytes = 16;
    private const int MxcsrSlot = -24;
    private const int X87Slot = -20;
    private const int StackAlignment = 16;

    // In:  a C call's registers and stack; rsp as after the call.
    // Out: rbp = frame on the old stack, rbx = Activation* or 0, r12 = ThreadBlock*, rsp 16-aligned on the host stack,
    //      floating-point control state the host's, direction flag clear. Already on the host stack: rbx = 0, rsp aligned down, nothing else.
    // Clobbers: rax, r10, flags.
    internal static void EmitEnter(X64Emitter e, ThunkEnvironment environment)
    {
        CodeLabel inPlace = e.NewLabel();
        CodeLabel loadMxcsr = e.NewLabel();
        CodeLabel loadX87 = e.NewLabel();
        CodeLabel compareX87 = e.NewLabel();
        CodeLabel move = e.NewLabel();
        CodeLabel done = e.NewLabel();

        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
        e.Push(Reg64.Rbx);
        e.Push(Reg64.R12);
        e.Subtract(Reg64.Rsp, ScratchBytes);

        FindThreadBlock.Emit(e, environment.ThreadBlock, inPlace);
        e.Move(Reg64.R12, Reg64.Rax);
        e.Load(Reg64.Rbx, Reg64.Rax, ThreadOffsets.Innermost);
        e.Test(Reg64.Rbx, Reg64.Rbx);
        e.JumpIf(Condition.Equal, inPlace);

        // The innermost activation is in its guest or in a host call, never elsewhere. The stack pointer is not asked: a guest
        // that runs on a stack of its own making must not bring managed code there.
        e.CompareMemory(Reg64.Rbx, ActivationOffsets.HostCallFrame, 0);
        e.JumpIf(Condition.NotEqual, inPlace);

        // The convention wants it clear; managed code copies memory by it.
        e.ClearDirection();
        e.StoreMxcsr(Reg64.Rbp, MxcsrSlot);
        e.StoreX87Control(Reg64.Rbp, X87Slot);
        ControlState.JumpIfMxcsrDiffers(e, Reg64.Rbp, MxcsrSlot, Reg64.Rbx, ActivationOffsets.HostMxcsr, Reg64.Rax, loadMxcsr);
        e.Bind(compareX87);
        ControlState.JumpIfX87Differs(e, Reg64.Rbp, X87Slot, Reg64.Rbx, ActivationOffsets.HostX87Control, Reg64.Rax, Reg64.R10, loadX87);

        // From here on the thread counts as the host's; nothing more is written to the guest stack.
        e.Bind(move);
        e.Store(Reg64.Rbx, ActivationOffsets.HostCallFrame, Reg64.Rbp);
        e.Load(Reg64.Rsp, Reg64.Rbx, ActivationOffsets.HostStackPointer);
        e.Jump(done);

        e.Bind(loadMxcsr);
        e.LoadMxcsr(Reg64.Rbx, ActivationOffsets.HostMxcsr);
        e.Jump(compareX87);

        // fldcw is a waiting instruction: a pending exception that the guest unmasked would strike here, in code that is no guest's.
        e.Bind(loadX87);
        e.ClearX87Exceptions();
        e.LoadX87Control(Reg64.Rbx, ActivationOffsets.HostX87Control);
        e.Jump(move);

        e.Bind(inPlace);
        e.Zero(Reg64.Rbx);
        e.Bind(done);
        e.And(Reg64.Rsp, -StackAlignment);
    }

    // In:  as EmitEnter left it, rax, rdx, xmm0, xmm1 = the host's result.
    // Out: returned to the caller on the old stack, or gone to the exit label when the guest must end.
    // Clobbers: rcx, r10, flags.
    internal static void EmitLeave(X64Emitter e, ThunkLabels labels)
    {
        CodeLabel inPlace = e.NewLabel();
        CodeLabel loadMxcsr = e.NewLabel();
        CodeLabel loadX87 = e.NewLabel();
        CodeLabel compareX87 = e.NewLabel();

        e.Test(Reg64.Rbx, Reg64.Rbx);
        e.JumpIf(Condition.Equal, inPlace);
        e.StoreImmediate(Reg64.Rbx, ActivationOffsets.HostCallFrame, 0);
        e.CompareMemory32(Reg64.R12, ThreadOffsets.Attention, 0);
        e.JumpIf(Condition.NotEqual, labels.Leave);

        e.TestMemory32(Reg64.Rbx, ActivationOffsets.Status, (int)ActivationStatus.ReasonMask);
        e.JumpIf(Condition.NotEqual, labels.Leave);
        ControlState.JumpIfMxcsrDiffers(e, Reg64.Rbp, MxcsrSlot, Reg64.Rbx, ActivationOffsets.HostMxcsr, Reg64.Rcx, loadMxcsr);
        e.Bind(compareX87);
        ControlState.JumpIfX87Differs(e, Reg64.Rbp, X87Slot, Reg64.Rbx, ActivationOffsets.HostX87Control, Reg64.Rcx, Reg64.R10, loadX87);
        e.Bind(inPlace);
        e.Address(Reg64.Rsp, Reg64.Rbp, -SavedRegisters * sizeof(ulong));
        e.Pop(Reg64.R12);
        e.Pop(Reg64.Rbx);
        e.Pop(Reg64.Rbp);
        e.Return();

        e.Bind(loadMxcsr);
        e.LoadMxcsr(Reg64.Rbp, MxcsrSlot);
        e.Jump(compareX87);

        // What the host left in the flags is no exception of the guest's.
        e.Bind(loadX87);
        e.ClearX87Exceptions();
        e.LoadX87Control(Reg64.Rbp, X87Slot);
        e.Jump(inPlace);
    }
}
