using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrapRuntime.Activations;

namespace TrapRuntime.Platforms.Linux;

/// <summary>The <c>ucontext_t</c> of Linux on x86_64, as far as the gate and the handler need it. Both directions live here.</summary>
/// <remarks>Wasmer: <c>get_pc_sp</c>, <c>update_context</c>. Field order: <c>sys/ucontext.h</c>, proven by the layout tests.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LinuxX64Context : IMachineContext
{
    internal nuint uc_flags;
    internal nint uc_link;
    internal LinuxSignalStack uc_stack;
    internal nuint R8;
    internal nuint R9;
    internal nuint R10;
    internal nuint R11;
    internal nuint R12;
    internal nuint R13;
    internal nuint R14;
    internal nuint R15;
    internal nuint Rdi;
    internal nuint Rsi;
    internal nuint Rbp;
    internal nuint Rbx;
    internal nuint Rdx;
    internal nuint Rax;
    internal nuint Rcx;
    internal nuint Rsp;
    internal nuint Rip;
    internal nuint Eflags;
    internal nuint Csgsfs;
    internal nuint Err;
    internal nuint Trapno;
    internal nuint Oldmask;
    internal nuint Cr2;
    internal nuint Fpregs;

    /// <summary>Trap, direction and alignment-check flags: a landing must not inherit them (Intel SDM volume 1, 3.4.3).</summary>
    private const nuint FlagsToClear = (1u << 8) | (1u << 10) | (1u << 18);

    private const int GeneralRegisters = 16;

    /// <inheritdoc/>
    public static nuint ProgramCounter(void* context) => ((LinuxX64Context*)context)->Rip;

    /// <inheritdoc/>
    public static nuint StackPointer(void* context) => ((LinuxX64Context*)context)->Rsp;

    /// <inheritdoc/>
    public static bool IsOnSignalStack(void* context)
    {
        LinuxX64Context* from = (LinuxX64Context*)context;
        return from->Rsp - from->uc_stack.ss_sp < from->uc_stack.ss_size;
    }

    /// <inheritdoc/>
    public static nuint ErrorCode(void* context) => ((LinuxX64Context*)context)->Err;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Capture(void* context, TrapCapture* capture)
    {
        // SAFETY: the caller passes the kernel's ucontext of the running handler; the fields lie inside it (LayoutTests).
        LinuxX64Context* from = (LinuxX64Context*)context;
        capture->ErrorCode = from->Err;
        capture->ExceptionNumber = from->Trapno;
        capture->ProgramCounter = from->Rip;
        capture->StackPointer = from->Rsp;
        capture->FramePointer = from->Rbp;
        capture->SignalStack = from->uc_stack.ss_sp;
        capture->GeneralCount = GeneralRegisters;

        // The processor's own numbering: Intel SDM volume 2, table 3-1.
        ulong* general = capture->General;
        general[0] = from->Rax;
        general[1] = from->Rcx;
        general[2] = from->Rdx;
        general[3] = from->Rbx;
        general[4] = from->Rsp;
        general[5] = from->Rbp;
        general[6] = from->Rsi;
        general[7] = from->Rdi;
        general[8] = from->R8;
        general[9] = from->R9;
        general[10] = from->R10;
        general[11] = from->R11;
        general[12] = from->R12;
        general[13] = from->R13;
        general[14] = from->R14;
        general[15] = from->R15;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Redirect(void* context, nuint exitLabel, Activation* activation)
    {
        // SAFETY: as in Capture. rbx is the activation register of the enter thunk (MachineCode/X64/EnterThunk).
        LinuxX64Context* to = (LinuxX64Context*)context;
        to->Rip = exitLabel;
        to->Rbx = (nuint)activation;

        // The exit label loads the stack pointer itself, but a signal may come before its first instruction.
        to->Rsp = activation->HostStackPointer;
        to->Eflags &= ~FlagsToClear;
    }
}
