using TrapRuntime.Interop;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.AotSmoke.Bench;

/// <summary>
/// The least a trap can cost: a faulting instruction, a handler of five instructions that rewrites the context, and the return
/// from the signal; or a handler of three that jumps out of it. Put in place of the library's handler only while it is measured.
/// </summary>
internal sealed unsafe class BareHandler : IDisposable
{
    /// <summary>The kernel's <c>struct sigaction</c>: handler, flags, restorer, mask.</summary>
    private const int KernelActionWords = 4;

    private readonly CodeBuffer _code;
    private readonly nint _handler;
    private readonly nint _fault;
    private readonly int _flags = LinuxSignalAction.SA_SIGINFO | LinuxSignalAction.SA_ONSTACK;

    /// <param name="leavesByJump">Whether the handler jumps to the landing, which no return from the signal can make faster.</param>
    internal BareHandler(bool leavesByJump = false)
    {
        X64Emitter e = new();
        GateLayout layout = LinuxX64Layout.Create();
        CodeLabel landing = e.NewLabel();
        CodeLabel handler = e.NewLabel();
        CodeLabel fault = e.NewLabel();

        e.Bind(handler);
        if (leavesByJump)
        {
            _flags |= LinuxSignalAction.SA_NODEFER;
            e.Load(Reg64.Rsp, Reg64.Rdx, layout.ActivationRegister);
            e.Jump(landing);
        }
        else
        {
            e.Load(Reg64.Rax, Reg64.Rdx, layout.ActivationRegister);
            e.Store(Reg64.Rdx, layout.StackPointer, Reg64.Rax);
            e.AddressOf(Reg64.Rax, landing);
            e.Store(Reg64.Rdx, layout.ProgramCounter, Reg64.Rax);
            e.Return();
        }

        e.Bind(fault);
        e.Push(Reg64.Rbx);
        e.Move(Reg64.Rbx, Reg64.Rsp);
        e.Zero(Reg64.Rax);
        e.Load(Reg64.Rax, Reg64.Rax, 0);
        e.Bind(landing);
        e.Pop(Reg64.Rbx);
        e.Return();

        _code = CodeBuffer.TryCreate(e.Finish())!;
        _handler = _code.Start + e.OffsetOf(handler);
        _fault = _code.Start + e.OffsetOf(fault);
    }

    /// <summary>Faults and comes back, as often as told.</summary>
    internal void Run(int count) => Run(() => Fault(count));

    /// <summary>Runs something with the handler in place.</summary>
    internal void Run(Action faults)
    {
        // The kernel's own record of the library's action, or the C library's would come back in its place, with another way back.
        ulong* own = stackalloc ulong[KernelActionWords];
        LinuxSignalAction bare = default;
        bare.sa_handler = _handler;
        bare.sa_flags = _flags;
        _ = Libc.SysCall(LinuxX64SystemCalls.__NR_rt_sigaction, LinuxSignals.SIGSEGV, 0, (nint)own, sizeof(ulong));
        _ = Libc.SigAction(LinuxSignals.SIGSEGV, &bare, null);
        faults();
        _ = Libc.SysCall(LinuxX64SystemCalls.__NR_rt_sigaction, LinuxSignals.SIGSEGV, (nint)own, 0, sizeof(ulong));
    }

    /// <summary>Faults as often as told, on any thread, while the handler is in place.</summary>
    internal void Fault(int count)
    {
        delegate* unmanaged<void> fault = (delegate* unmanaged<void>)_fault;
        for (int i = 0; i < count; i++)
        {
            fault();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _code.Dispose();
}
