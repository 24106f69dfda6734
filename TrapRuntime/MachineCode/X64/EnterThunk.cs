using TrapRuntime.Activations;

namespace TrapRuntime.MachineCode.X64;

/// <summary>The way into the guest and, at its exit label, the only way out.</summary>
/// <remarks>
/// Wasmer: <c>on_wasm_stack</c>, <c>unwind_with</c>.
/// <code>
/// host stack                          guest stack
///   return address into C#              GuestStackTop ── 16-aligned
///   rbp  ◀── rbp                        exit label    ── pushed by the call
///   rbx r12 r13 r14 r15                 saved rbp     ── by the guest's prologue, leads to the host frame
///   8 bytes of scratch ◀── HostStackPointer
/// </code>
/// </remarks>
internal static class EnterThunk
{
    private const int ScratchBytes = 8;

    /// <summary>One shadow-stack entry; the count register of <c>incsspq</c> is 8 bits wide.</summary>
    private const byte ShadowEntryShift = 3;
    private const int ShadowEntriesPerStep = 255;

    // In:  rdi = Activation*; Status is 0.
    // Out: eax = ActivationStatus; callee-saved registers, MXCSR and x87 control bits as on entry, direction flag clear.
    // Clobbers: what the C convention lets a call clobber.
    // The exit label is entered with rbx = Activation*, by the guest's return or by the return from a signal that unwinds it; the label
    // behind it, Unwound, with the same and the direction flag clear, by whoever leaves the guest with a jump.
    internal static void Emit(X64Emitter e, ThunkEnvironment environment, ThunkLabels labels)
    {
        e.Bind(labels.Enter);
        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
        e.Push(Reg64.Rbx);
        e.Push(Reg64.R12);
        e.Push(Reg64.R13);
        e.Push(Reg64.R14);
        e.Push(Reg64.R15);
        e.Subtract(Reg64.Rsp, ScratchBytes);
        // Dirty upper halves make each switch between old and new vector instructions cost some 70 cycles (Intel optimization manual, mixing
        // AVX code with SSE code), in the guest, in host calls and on the way back. The convention preserves none of them.
        if (environment.HasUpperVectors)
        {
            e.ZeroUpperVectors();
        }

        e.StoreMxcsr(Reg64.Rdi, ActivationOffsets.HostMxcsr);
        e.StoreX87Control(Reg64.Rdi, ActivationOffsets.HostX87Control);

        e.Store(Reg64.Rdi, ActivationOffsets.HostStackPointer, Reg64.Rsp);
        if (environment.HasShadowStack)
        {
            e.ReadShadowStackPointer(Reg64.Rax);
            e.Store(Reg64.Rdi, ActivationOffsets.HostShadowStackPointer, Reg64.Rax);
        }

        e.Move(Reg64.Rbx, Reg64.Rdi);
        e.Load(Reg64.Rax, Reg64.Rbx, ActivationOffsets.Thread);
        e.Load(Reg64.Rdi, Reg64.Rbx, ActivationOffsets.EntryArgument);
        e.Load(Reg64.Rsp, Reg64.Rbx, ActivationOffsets.GuestStackTop);

        // The switch comes first: an interrupt that finds the host stack is left pending, one that comes later lands.
        e.Bind(labels.EnterWindow);
        CodeLabel refused = e.NewLabel();
        e.CompareMemory32(Reg64.Rax, ThreadOffsets.Attention, 0);
        e.JumpIf(Condition.NotEqual, refused);
        e.CompareMemory32(Reg64.Rax, ThreadOffsets.Raised, 0);
        e.JumpIf(Condition.NotEqual, refused);
        e.CallMemory(Reg64.Rbx, ActivationOffsets.Function);

        e.Bind(labels.Exit);
        EmitExit(e, environment, labels);

        e.Bind(refused);
        e.StoreImmediate32(Reg64.Rbx, ActivationOffsets.Status, (int)ActivationStatus.Interrupted);
        e.Jump(labels.Unwound);
    }

    private static void EmitExit(X64Emitter e, ThunkEnvironment environment, ThunkLabels labels)
    {
        CodeLabel stopped = e.NewLabel();
        CodeLabel clearDirection = e.NewLabel();
        CodeLabel directionIsUp = e.NewLabel();

        e.Load(Reg64.Rsp, Reg64.Rbx, ActivationOffsets.HostStackPointer);
        ControlState.JumpIfDirectionIsDown(e, Reg64.Rax, clearDirection);
        e.Bind(directionIsUp);
        e.CompareMemory32(Reg64.Rbx, ActivationOffsets.Status, 0);
        e.JumpIf(Condition.NotEqual, stopped);
        EmitReturn(e, static e => e.Return());

        e.Bind(clearDirection);
        e.ClearDirection();
        e.Jump(directionIsUp);

        // The return from a signal brought the guest's floating-point state along: stopped between any two instructions, it may have left MMX
        // state and pending x87 exceptions. One that was interrupted in a host function may have come there with some.
        e.Bind(stopped);
        e.ClearX87Exceptions();
        e.EmptyX87();

        // Left by a call, a guest has neither, by the calling convention, and a signal that is left by a jump began with a fresh state.
        e.Bind(labels.Unwound);
        e.Load(Reg64.Rsp, Reg64.Rbx, ActivationOffsets.HostStackPointer);
        EmitCleanUp(e, environment);
        EmitReturn(e, e => EmitReturnUnpredicted(e, environment));
    }

    // Puts the control state right, which costs much only where it differs, and restores what the enter thunk saved.
    private static void EmitReturn(X64Emitter e, Action<X64Emitter> goBack)
    {
        CodeLabel compareX87 = e.NewLabel();
        CodeLabel reloadMxcsr = e.NewLabel();
        CodeLabel reloadX87 = e.NewLabel();
        CodeLabel done = e.NewLabel();

        e.StoreMxcsr(Reg64.Rsp, 0);
        ControlState.JumpIfMxcsrDiffers(e, Reg64.Rsp, 0, Reg64.Rbx, ActivationOffsets.HostMxcsr, Reg64.Rax, reloadMxcsr);
        e.Bind(compareX87);
        e.StoreX87Control(Reg64.Rsp, 0);
        ControlState.JumpIfX87Differs(e, Reg64.Rsp, 0, Reg64.Rbx, ActivationOffsets.HostX87Control, Reg64.Rax, Reg64.Rcx, reloadX87);
        e.Bind(done);
        e.Load32(Reg64.Rax, Reg64.Rbx, ActivationOffsets.Status);
        e.Add(Reg64.Rsp, ScratchBytes);
        e.Pop(Reg64.R15);
        e.Pop(Reg64.R14);
        e.Pop(Reg64.R13);
        e.Pop(Reg64.R12);
        e.Pop(Reg64.Rbx);
        e.Pop(Reg64.Rbp);
        goBack(e);

        e.Bind(reloadMxcsr);
        e.LoadMxcsr(Reg64.Rbx, ActivationOffsets.HostMxcsr);
        e.Jump(compareX87);

        // A pending exception that the guest unmasked would strike the next waiting x87 instruction, which fldcw is.
        e.Bind(reloadX87);
        e.ClearX87Exceptions();
        e.LoadX87Control(Reg64.Rbx, ActivationOffsets.HostX87Control);
        e.Jump(done);
    }

    // The calls that the guest never returned from are still on the processor's stack of return addresses: a return would be predicted
    // to go into the guest. A jump is predicted by where it went before. A shadow stack wants to see the return.
    private static void EmitReturnUnpredicted(X64Emitter e, ThunkEnvironment environment)
    {
        if (environment.HasShadowStack)
        {
            e.Return();
            return;
        }

        e.Pop(Reg64.Rcx);
        e.Jump(Reg64.Rcx);
    }

    // Dirty upper vector halves and entries on the shadow stack are left behind however a guest was unwound.
    private static void EmitCleanUp(X64Emitter e, ThunkEnvironment environment)
    {
        if (environment.HasUpperVectors)
        {
            e.ZeroUpperVectors();
        }

        if (environment.HasShadowStack)
        {
            EmitPopShadowStack(e);
        }
    }

    // Every activation pops what its guest left behind, so that the host's next return finds its own address on top.
    private static void EmitPopShadowStack(X64Emitter e)
    {
        CodeLabel clean = e.NewLabel();
        CodeLabel step = e.NewLabel();

        e.Load(Reg64.Rcx, Reg64.Rbx, ActivationOffsets.HostShadowStackPointer);
        e.ReadShadowStackPointer(Reg64.Rax);
        e.Subtract(Reg64.Rcx, Reg64.Rax);
        e.ShiftRight(Reg64.Rcx, ShadowEntryShift);
        e.Move(Reg64.Rdx, ShadowEntriesPerStep);

        e.Bind(step);
        e.Test(Reg64.Rcx, Reg64.Rcx);
        e.JumpIf(Condition.Equal, clean);
        e.Move(Reg64.Rax, Reg64.Rcx);
        e.Compare(Reg64.Rax, Reg64.Rdx);
        e.MoveIf(Condition.Above, Reg64.Rax, Reg64.Rdx);
        e.IncrementShadowStackPointer(Reg64.Rax);
        e.Subtract(Reg64.Rcx, Reg64.Rax);
        e.Jump(step);

        e.Bind(clean);
    }
}
