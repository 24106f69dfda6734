using TrapRuntime.Activations;

namespace TrapRuntime.MachineCode.X64;

/// <summary>
/// Decides whether a signal belongs to a guest, and if so has it handled. The first code of ours that a signal reaches:
/// nothing in it needs a lock, an allocation or managed state until the guest is proven.
/// </summary>
internal static class JudgeThunk
{
    private const int ScratchBytes = 24;
    private const int SavedRegisters = 5;
    private const int StandardError = 2;

    /// <summary>The fields of the <c>TrapSignal</c> that a custom handler sees.</summary>
    private const int TrapSignalInfo = 8;
    private const int TrapSignalContext = 16;

    // In:  edi = signal, rsi = siginfo, rdx = ucontext: a handler's arguments. Out: eax = 1 handled, 0 not ours.
    // Holds: r12 = signal, r13 = siginfo, r14 = ucontext, r15 = ThreadBlock*, rbx = Activation*.
    // Clobbers: what the C convention lets a call clobber.
    internal static void Emit(X64Emitter e, ThunkEnvironment environment, ThunkLabels labels)
    {
        CodeLabel nobody = e.NewLabel();
        CodeLabel settled = e.NewLabel();
        CodeLabel notOurs = e.NewLabel();
        CodeLabel handled = e.NewLabel();
        CodeLabel mended = e.NewLabel();
        CodeLabel verdict = e.NewLabel();
        CodeLabel end = e.NewLabel();
        CodeLabel interrupt = e.NewLabel();
        CodeLabel openReserve = e.NewLabel();

        e.Bind(labels.Judge);
        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
        e.Push(Reg64.Rbx);
        e.Push(Reg64.R12);
        e.Push(Reg64.R13);
        e.Push(Reg64.R14);
        e.Push(Reg64.R15);
        e.Subtract(Reg64.Rsp, ScratchBytes);
        e.Move(Reg64.R12, Reg64.Rdi);
        e.Move(Reg64.R13, Reg64.Rsi);
        e.Move(Reg64.R14, Reg64.Rdx);

        if (environment.InterruptSignal != 0)
        {
            e.Compare32(Reg64.R12, environment.InterruptSignal);
            e.JumpIf(Condition.Equal, interrupt);
        }

        EmitSafeCopy(e, environment, labels, settled);
        EmitBegin(e, environment, nobody);
        EmitFindGuest(e, environment, notOurs);
        ControlState.ClearAlignmentCheck(e, Reg64.Rax);
        EmitCustomHandler(e, mended);
        EmitCall(e, environment.FaultHandler);
        e.StoreImmediate32(Reg64.R15, ThreadOffsets.Handling, 0);
        e.Compare32(Reg64.Rax, (int)HandlerVerdict.Reject);
        e.JumpIf(Condition.Below, verdict);
        e.JumpIf(Condition.Above, openReserve);
        EmitPrint(e, environment);

        e.Bind(notOurs);
        e.Zero(Reg64.Rax);
        e.Bind(verdict);
        e.AddMemory(Reg64.R15, ThreadOffsets.Judging, -1);
        e.Bind(end);
        e.Address(Reg64.Rsp, Reg64.Rbp, -SavedRegisters * sizeof(ulong));
        e.Pop(Reg64.R15);
        e.Pop(Reg64.R14);
        e.Pop(Reg64.R13);
        e.Pop(Reg64.R12);
        e.Pop(Reg64.Rbx);
        e.Pop(Reg64.Rbp);
        e.Return();

        e.Bind(openReserve);
        EmitOpenReserve(e, environment, notOurs);
        e.Jump(handled);

        e.Bind(interrupt);
        EmitInterrupt(e, environment, labels, nobody, settled, handled);
        e.Jump(handled);

        e.Bind(mended);
        e.StoreImmediate32(Reg64.R15, ThreadOffsets.Handling, 0);
        e.Bind(handled);
        e.Move(Reg64.Rax, (int)HandlerVerdict.Resume);
        e.Jump(verdict);

        e.Bind(settled);
        e.Move(Reg64.Rax, (int)HandlerVerdict.Resume);
        e.Jump(end);

        e.Bind(nobody);
        e.Zero(Reg64.Rax);
        e.Jump(end);
    }

    // Finds the thread's block and marks it: from here to the verdict, no table that a registry takes back may be freed.
    private static void EmitBegin(X64Emitter e, ThunkEnvironment environment, CodeLabel missing)
    {
        FindThreadBlock.Emit(e, environment.ThreadBlock, missing);
        e.Move(Reg64.R15, Reg64.Rax);
        e.AddMemory(Reg64.R15, ThreadOffsets.Judging, 1);
    }

    // The safe copy's access may fault on any thread, guest or not. A signal that somebody sent there is not its fault.
    private static void EmitSafeCopy(X64Emitter e, ThunkEnvironment environment, ThunkLabels labels, CodeLabel handled)
    {
        CodeLabel other = e.NewLabel();
        e.AddressOf(Reg64.Rax, labels.SafeCopyAccess);
        e.CompareMemory(Reg64.R14, environment.Layout.ProgramCounter, Reg64.Rax);
        e.JumpIf(Condition.NotEqual, other);
        e.CompareMemory32(Reg64.R13, environment.Layout.SignalCode, 0);
        e.JumpIf(Condition.LessOrEqual, other);
        e.AddressOf(Reg64.Rax, labels.SafeCopyFailed);
        e.Store(Reg64.R14, environment.Layout.ProgramCounter, Reg64.Rax);
        e.Jump(handled);
        e.Bind(other);
    }

    // Falls through when the interrupted stack pointer lies on the innermost guest stack, or the interrupted program counter
    // in a registered range while the guest is not inside a host call: both prove that the thread is in preemptive mode.
    private static void EmitFindGuest(X64Emitter e, ThunkEnvironment environment, CodeLabel notOurs)
    {
        CodeLabel search = e.NewLabel();
        CodeLabel guest = e.NewLabel();

        e.Load(Reg64.Rbx, Reg64.R15, ThreadOffsets.Innermost);
        e.Test(Reg64.Rbx, Reg64.Rbx);
        e.JumpIf(Condition.Equal, notOurs);
        e.CompareMemory(Reg64.Rbx, ActivationOffsets.HostCallFrame, 0);
        e.JumpIf(Condition.NotEqual, notOurs);
        e.CompareMemory32(Reg64.R15, ThreadOffsets.Handling, 0);
        e.JumpIf(Condition.NotEqual, notOurs);
        e.Load(Reg64.Rax, Reg64.R14, environment.Layout.StackPointer);
        e.Compare(Reg64.Rax, Reg64.Rbx, ActivationOffsets.GuestGuardStart);
        e.JumpIf(Condition.Below, search);
        e.Compare(Reg64.Rax, Reg64.Rbx, ActivationOffsets.GuestStackTop);
        e.JumpIf(Condition.BelowOrEqual, guest);

        e.Bind(search);
        EmitSearchCode(e, environment, notOurs);
        e.Bind(guest);
    }

    // Falls through when the interrupted program counter lies in a registered range. Leaves it in rdi.
    private static void EmitSearchCode(X64Emitter e, ThunkEnvironment environment, CodeLabel missing)
    {
        e.Load(Reg64.Rdi, Reg64.R14, environment.Layout.ProgramCounter);
        e.Move(Reg64.Rax, environment.ProcessBlock);
        e.Load(Reg64.Rsi, Reg64.Rax, ProcessOffsets.CodeTable);
        e.Test(Reg64.Rsi, Reg64.Rsi);
        e.JumpIf(Condition.Equal, missing);
        SearchCode.Emit(e, missing);
    }

    private static void EmitCustomHandler(X64Emitter e, CodeLabel mended)
    {
        CodeLabel none = e.NewLabel();
        // From here to the verdict, a fault on this thread is a handler's own.
        e.StoreImmediate32(Reg64.R15, ThreadOffsets.Handling, 1);
        e.Load(Reg64.Rax, Reg64.Rbx, ActivationOffsets.CustomHandler);
        e.Test(Reg64.Rax, Reg64.Rax);
        e.JumpIf(Condition.Equal, none);
        e.Store(Reg64.Rsp, 0, Reg64.R12);
        e.Store(Reg64.Rsp, TrapSignalInfo, Reg64.R13);
        e.Store(Reg64.Rsp, TrapSignalContext, Reg64.R14);
        e.Move(Reg64.Rdi, Reg64.Rsp);
        e.Call(Reg64.Rax);
        e.Compare32(Reg64.Rax, 1);
        e.JumpIf(Condition.Equal, mended);
        e.Bind(none);
    }

    private static void EmitCall(X64Emitter e, nint handler)
    {
        e.Move(Reg64.Rdi, Reg64.R12);
        e.Move(Reg64.Rsi, Reg64.R13);
        e.Move(Reg64.Rdx, Reg64.R14);
        e.Move(Reg64.Rcx, Reg64.R15);
        e.Move(Reg64.Rax, handler);
        e.Call(Reg64.Rax);
    }

    private static void EmitPrint(X64Emitter e, ThunkEnvironment environment)
    {
        e.Move(Reg64.Rdi, StandardError);
        e.Address(Reg64.Rsi, Reg64.R15, ThreadOffsets.Message);
        e.Load32(Reg64.Rdx, Reg64.R15, ThreadOffsets.MessageLength);
        e.Move(Reg64.Rax, environment.SystemCalls.Write);
        e.SystemCall();
    }

    // The interrupted code goes on where it faulted, and finds memory there. The landing closes the reserve again.
    private static void EmitOpenReserve(X64Emitter e, ThunkEnvironment environment, CodeLabel notOurs)
    {
        e.Load(Reg64.Rdi, Reg64.R15, ThreadOffsets.ReserveStart);
        e.Move(Reg64.Rax, environment.ProcessBlock);
        e.Load(Reg64.Rsi, Reg64.Rax, ProcessOffsets.SignalReserve);
        e.Move(Reg64.Rdx, environment.SystemCalls.ReadWrite);
        e.Move(Reg64.Rax, environment.SystemCalls.ProtectMemory);
        e.SystemCall();
        e.Test32(Reg64.Rax, Reg64.Rax);
        e.JumpIf(Condition.NotEqual, notOurs);
        e.OrMemory32(Reg64.Rbx, ActivationOffsets.Status, (int)ActivationStatus.ReserveOpen);
    }

    // The pending word is the truth, the signal a kick: one of ours that finds nothing to do is dropped, never passed on.
    // Managed code is entered only where the guest may be stopped: under CoreCLR it may wait for a collection, and a library that
    // the signal found inside malloc would hold the allocator's lock meanwhile.
    private static void EmitInterrupt(
        X64Emitter e, ThunkEnvironment environment, ThunkLabels labels, CodeLabel nobody, CodeLabel settled, CodeLabel handled)
    {
        CodeLabel search = e.NewLabel();
        CodeLabel stop = e.NewLabel();

        e.CompareMemory32(Reg64.R13, environment.Layout.SignalCode, environment.InterruptCode);
        e.JumpIf(Condition.NotEqual, nobody);
        e.Move(Reg64.Rax, environment.ProcessBlock);
        e.CompareMemory(Reg64.R13, environment.Layout.SignalValue, Reg64.Rax);
        e.JumpIf(Condition.NotEqual, nobody);
        EmitBegin(e, environment, settled);
        EmitFindGuest(e, environment, handled);
        e.CompareMemory32(Reg64.R15, ThreadOffsets.Attention, 0);
        e.JumpIf(Condition.Equal, handled);
        e.Load(Reg64.Rdi, Reg64.R14, environment.Layout.ProgramCounter);
        e.AddressOf(Reg64.Rax, labels.EnterWindow);
        e.Compare(Reg64.Rdi, Reg64.Rax);
        e.JumpIf(Condition.Below, search);
        e.AddressOf(Reg64.Rax, labels.Exit);
        e.Compare(Reg64.Rdi, Reg64.Rax);
        e.JumpIf(Condition.Below, stop);
        e.Bind(search);
        EmitSearchCode(e, environment, handled);
        e.Bind(stop);
        ControlState.ClearAlignmentCheck(e, Reg64.Rax);
        EmitCall(e, environment.InterruptHandler);
    }
}
