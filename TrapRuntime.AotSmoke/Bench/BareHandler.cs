using TrapRuntime.Interop;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.AotSmoke.Bench;

/// <summary>
/// The least a trap can cost: a faulting instruction, a handler of five instructions that rewrites the context, and the return
/// from the signal. Put in place of the library's handler only while it is measured.
/// </summary>
internal sealed unsafe class BareHandler : IDisposable
{
    private readonly CodeBuffer _code;
    private readonly nint _cell;
    private readonly nint _handler;
    private readonly nint _fault;

    internal BareHandler()
    {
        _cell = (nint)System.Runtime.InteropServices.NativeMemory.AllocZeroed((nuint)sizeof(nint));
        X64Emitter e = new();
        GateLayout layout = LinuxX64Layout.Create();
        CodeLabel landing = e.NewLabel();
        CodeLabel handler = e.NewLabel();
        CodeLabel fault = e.NewLabel();

        e.Bind(handler);
        e.Move(Reg64.Rax, _cell);
        e.Load(Reg64.Rax, Reg64.Rax, 0);
        e.Store(Reg64.Rdx, layout.StackPointer, Reg64.Rax);
        e.AddressOf(Reg64.Rax, landing);
        e.Store(Reg64.Rdx, layout.ProgramCounter, Reg64.Rax);
        e.Return();

        e.Bind(fault);
        e.Move(Reg64.Rax, _cell);
        e.Store(Reg64.Rax, 0, Reg64.Rsp);
        e.Zero(Reg64.Rax);
        e.Load(Reg64.Rax, Reg64.Rax, 0);
        e.Bind(landing);
        e.Return();

        _code = CodeBuffer.TryCreate(e.Finish())!;
        _handler = _code.Start + e.OffsetOf(handler);
        _fault = _code.Start + e.OffsetOf(fault);
    }

    /// <summary>Faults and comes back, as often as told.</summary>
    internal void Run(int count)
    {
        LinuxSignalAction own = default;
        LinuxSignalAction bare = default;
        bare.sa_handler = _handler;
        bare.sa_flags = LinuxSignalAction.SA_SIGINFO | LinuxSignalAction.SA_ONSTACK;
        _ = Libc.SigAction(LinuxSignals.SIGSEGV, &bare, &own);
        delegate* unmanaged<void> fault = (delegate* unmanaged<void>)_fault;
        for (int i = 0; i < count; i++)
        {
            fault();
        }

        _ = Libc.SigAction(LinuxSignals.SIGSEGV, &own, null);
    }

    /// <inheritdoc/>
    public void Dispose() => _code.Dispose();
}
