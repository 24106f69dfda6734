using TrapRuntime.Platforms;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.MachineCode.X64;

/// <summary>
/// The installed signal handler: asks the judge, and passes on what is not ours exactly as the kernel would have delivered
/// it to the action that was there before.
/// </summary>
/// <remarks>Wasmer: <c>trap_handler</c>, without its lapses: see the rules of passing on in ARCHITECTURE.md.</remarks>
internal static class GateThunk
{
    private const int SavedRegisters = 4;

    /// <summary>The System V convention lets a leaf use 128 bytes below its stack pointer; the kernel steps over them too.</summary>
    private const int RedZone = 128;

    /// <summary>Vector state is saved to 64-byte boundaries; an earlier handler may count on one as the kernel gives it.</summary>
    private const int FrameAlignment = 64;

    /// <summary>Addresses up to this one are no handlers: 0 is the default action, 1 is ignore.</summary>
    private const int HighestNonHandler = 1;

    /// <summary>The kernel's signal mask is 64 bits wide.</summary>
    private const int KernelMaskBytes = 8;

    // In:  edi = signal, rsi = siginfo, rdx = ucontext, as the kernel calls a handler.
    // Out: returned to the kernel's restorer, or gone to the earlier handler with the same arguments.
    // Holds: rbx = signal, r12 = siginfo, r13 = ucontext, r14 = the earlier action's flags.
    internal static void Emit(X64Emitter e, ThunkEnvironment environment, ThunkSet thunks, nint record)
    {
        CodeLabel landed = e.NewLabel();
        CodeLabel done = e.NewLabel();
        CodeLabel restorer = e.NewLabel();

        // Ahead of the gate: the way back into the kernel that only a kernel's call of this gate brings along.
        e.Bind(restorer);
        e.SignalReturn();
        e.Align(PlatformSignals.RestorerDistance);

        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
        e.Push(Reg64.Rbx);
        e.Push(Reg64.R12);
        e.Push(Reg64.R13);
        e.Push(Reg64.R14);
        e.Move(Reg64.Rbx, Reg64.Rdi);
        e.Move(Reg64.R12, Reg64.Rsi);
        e.Move(Reg64.R13, Reg64.Rdx);
        e.Move(Reg64.Rax, thunks.Judge);
        e.Call(Reg64.Rax);
        e.Test32(Reg64.Rax, Reg64.Rax);
        e.JumpIf(Condition.NotEqual, landed);

        EmitPassOn(e, environment, record, done);

        e.Bind(landed);
        if (environment.LeavesByJump)
        {
            EmitLeave(e, environment, thunks, restorer, done);
        }

        e.Bind(done);
        EmitRestore(e);
        e.Return();
    }

    // The address comes first, then the flags: macOS leaves SA_SIGINFO on a default action (dotnet/runtime #132581).
    private static void EmitPassOn(X64Emitter e, ThunkEnvironment environment, nint record, CodeLabel done)
    {
        CodeLabel faulted = e.NewLabel();
        CodeLabel noHandler = e.NewLabel();
        CodeLabel keep = e.NewLabel();
        CodeLabel here = e.NewLabel();

        EmitFindOwnFault(e, environment, faulted);
        e.Move(Reg64.R8, record);
        e.Load(Reg64.Rax, Reg64.R8, GateRecordOffsets.Handler);
        e.Compare(Reg64.Rax, HighestNonHandler);
        e.JumpIf(Condition.BelowOrEqual, noHandler);

        e.Load(Reg64.R14, Reg64.R8, GateRecordOffsets.Flags);
        e.Test32(Reg64.R14, LinuxSignalAction.SA_RESETHAND);
        e.JumpIf(Condition.Equal, keep);

        // One shot: whoever takes the address out first owns it.
        e.Zero(Reg64.Rax);
        e.ExchangeMemory(Reg64.R8, GateRecordOffsets.Handler, Reg64.Rax);
        e.Compare(Reg64.Rax, HighestNonHandler);
        e.JumpIf(Condition.BelowOrEqual, noHandler);

        e.Bind(keep);
        EmitBlock(e, environment.SystemCalls, record);
        e.Test32(Reg64.R14, LinuxSignalAction.SA_ONSTACK);
        e.JumpIf(Condition.NotEqual, here);
        EmitCallOnInterruptedStack(e, environment.Layout, here, done);

        e.Bind(here);
        e.Move(Reg64.Rdi, Reg64.Rbx);
        e.Move(Reg64.Rsi, Reg64.R12);
        e.Move(Reg64.Rdx, Reg64.R13);
        EmitRestore(e);
        e.Jump(Reg64.Rax);

        e.Bind(noHandler);
        EmitDefault(e, environment, record, faulted, done);
    }

    // A fault in a custom handler is the end, as it is for any handler that faults while its own signal is blocked. An earlier
    // handler must not see it: CoreCLR's would run on the interrupted stack, which is the signal stack that it stands on.
    // Clobbers: rax, rcx. Goes to `faulted` for such a fault; a signal that somebody sent is none.
    private static void EmitFindOwnFault(X64Emitter e, ThunkEnvironment environment, CodeLabel faulted)
    {
        CodeLabel other = e.NewLabel();
        e.CompareMemory32(Reg64.R12, environment.Layout.SignalCode, 0);
        e.JumpIf(Condition.LessOrEqual, other);
        FindThreadBlock.Emit(e, environment.ThreadBlock, other);
        e.CompareMemory32(Reg64.Rax, ThreadOffsets.Handling, 0);
        e.JumpIf(Condition.NotEqual, faulted);
        e.Bind(other);
    }

    // Without SA_ONSTACK the kernel would have used the interrupted stack. CoreCLR's handlers count on that: they raise the
    // managed exception from there and never return.
    // In:  rax = handler. Goes to `here` where the gate itself runs on the interrupted stack.
    private static void EmitCallOnInterruptedStack(X64Emitter e, in GateLayout layout, CodeLabel here, CodeLabel done)
    {
        e.Load(Reg64.Rdx, Reg64.R13, layout.SignalStackStart);
        e.Load(Reg64.R9, Reg64.R13, layout.SignalStackSize);
        e.Move(Reg64.Rcx, Reg64.Rsp);
        e.Subtract(Reg64.Rcx, Reg64.Rdx);
        e.Compare(Reg64.Rcx, Reg64.R9);
        e.JumpIf(Condition.AboveOrEqual, here);
        e.Load(Reg64.R8, Reg64.R13, layout.StackPointer);
        e.Move(Reg64.Rcx, Reg64.R8);
        e.Subtract(Reg64.Rcx, Reg64.Rdx);
        e.Compare(Reg64.Rcx, Reg64.R9);
        e.JumpIf(Condition.Below, here);

        e.Address(Reg64.Rsp, Reg64.R8, -RedZone);
        e.And(Reg64.Rsp, -FrameAlignment);
        e.Move(Reg64.Rdi, Reg64.Rbx);
        e.Move(Reg64.Rsi, Reg64.R12);
        e.Move(Reg64.Rdx, Reg64.R13);
        e.Call(Reg64.Rax);
        e.Jump(done);
    }

    // A fault under the default action (or ignored, which the kernel does not honour for faults): the action goes back and
    // the instruction faults again. A sent signal would not come again by itself, nor would one the kernel forced because a
    // signal frame did not fit, so it is queued to this thread once more, with all it said.
    // In:  rax = 0 or 1; anything at `faulted`.
    private static void EmitDefault(X64Emitter e, ThunkEnvironment environment, nint record, CodeLabel faulted, CodeLabel done)
    {
        CodeLabel sent = e.NewLabel();
        SystemCallNumbers calls = environment.SystemCalls;

        e.Load32(Reg64.Rcx, Reg64.R12, environment.Layout.SignalCode);
        e.Test32(Reg64.Rcx, Reg64.Rcx);
        e.JumpIf(Condition.Greater, faulted);
        e.Test(Reg64.Rax, Reg64.Rax);
        e.JumpIf(Condition.NotEqual, done);
        e.Jump(sent);

        e.Bind(faulted);
        EmitResetAction(e, calls, record);
        e.CompareMemory32(Reg64.R12, environment.Layout.SignalCode, LinuxSignalInfo.SI_KERNEL);
        e.JumpIf(Condition.NotEqual, done);
        e.Bind(sent);
        EmitBlock(e, calls, record);
        EmitResetAction(e, calls, record);
        e.Move(Reg64.Rax, calls.ProcessId);
        e.SystemCall();
        e.Move(Reg64.Rdi, Reg64.Rax);
        e.Move(Reg64.Rax, calls.ThreadId);
        e.SystemCall();
        e.Move(Reg64.Rsi, Reg64.Rax);
        e.Move(Reg64.Rdx, Reg64.Rbx);
        e.Move(Reg64.R10, Reg64.R12);
        e.Move(Reg64.Rax, calls.QueueSignalToThread);
        e.SystemCall();
        e.Jump(done);
    }

    // A guest that ends needs no return from the signal: nothing is blocked, the exit label puts the stack and the floating-point
    // control state right, the kernel's call of the handler has cleared the direction and trap flags, and the judge the alignment-check
    // flag. That saves a system call and the reload of the whole vector state.
    // A library on top of this gate that passed the signal on is another matter: the kernel has blocked the signal for its handler.
    // In:  the context as the handler left it. Goes to `done` where it leads elsewhere, or where the kernel did not call this gate.
    private static void EmitLeave(X64Emitter e, ThunkEnvironment environment, ThunkSet thunks, CodeLabel restorer, CodeLabel done)
    {
        GateLayout layout = environment.Layout;
        e.AddressOf(Reg64.Rax, restorer);
        e.CompareMemory(Reg64.Rbp, sizeof(ulong), Reg64.Rax);
        e.JumpIf(Condition.NotEqual, done);
        e.Move(Reg64.Rax, thunks.ExitLabel);
        e.CompareMemory(Reg64.R13, layout.ProgramCounter, Reg64.Rax);
        e.JumpIf(Condition.NotEqual, done);
        if (environment.ProtectionKeysOffset != 0)
        {
            ProtectionKeys.EmitCompare(e, layout, environment.ProtectionKeysOffset, done);
        }

        e.Load(Reg64.Rbx, Reg64.R13, layout.ActivationRegister);
        e.Move(Reg64.Rax, thunks.Unwound);
        e.Jump(Reg64.Rax);
    }

    // Blocks what the kernel would have blocked, so that the earlier handler runs as it always did, and so that a fault in passing
    // on is the end and not a loop. The return from the signal unblocks it all.
    // Clobbers: rcx, rdx, rdi, rsi, r10, r11. Keeps rax.
    private static void EmitBlock(X64Emitter e, in SystemCallNumbers calls, nint record)
    {
        e.Push(Reg64.Rax);
        e.Zero(Reg64.Rdi);
        e.Move(Reg64.Rsi, record + GateRecordOffsets.Mask);
        e.Zero(Reg64.Rdx);
        e.Move(Reg64.R10, KernelMaskBytes);
        e.Move(Reg64.Rax, calls.SignalMask);
        e.SystemCall();
        e.Pop(Reg64.Rax);
    }

    // Clobbers: rax, rcx, rdx, rdi, rsi, r10, r11.
    private static void EmitResetAction(X64Emitter e, in SystemCallNumbers calls, nint record)
    {
        e.Move(Reg64.Rdi, Reg64.Rbx);
        e.Move(Reg64.Rsi, record + GateRecordOffsets.DefaultAction);
        e.Zero(Reg64.Rdx);
        e.Move(Reg64.R10, KernelMaskBytes);
        e.Move(Reg64.Rax, calls.SignalAction);
        e.SystemCall();
    }

    private static void EmitRestore(X64Emitter e)
    {
        e.Address(Reg64.Rsp, Reg64.Rbp, -SavedRegisters * sizeof(ulong));
        e.Pop(Reg64.R14);
        e.Pop(Reg64.R13);
        e.Pop(Reg64.R12);
        e.Pop(Reg64.Rbx);
        e.Pop(Reg64.Rbp);
    }
}
