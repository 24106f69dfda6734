using System.Runtime.InteropServices;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.Interop;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>Another library's signal handler, in machine code: counts, and passes on to whatever it replaced if it is told to.</summary>
internal sealed unsafe class CountingHandler
{
    private const int CountSlot = 0;
    private const int NextSlot = 8;

    private readonly long* _state = (long*)NativeMemory.AllocZeroed(2, sizeof(long));
    private readonly int _signal;
    private readonly int _flags;
    private readonly int _stackBytes;
    private readonly bool _calls;
    private readonly nint _code;

    /// <summary>Initializes a new instance of the <see cref="CountingHandler"/> class, installed nowhere.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="flags">The flags of the action.</param>
    /// <param name="stackBytes">How much stack the handler uses.</param>
    /// <param name="calls">Whether it passes on by a call and returns itself, or by a jump, as compilers make of a call at the end.</param>
    internal CountingHandler(int signal, int flags, int stackBytes = 0, bool calls = false)
    {
        _stackBytes = stackBytes;
        _calls = calls;
        _signal = signal;
        _flags = flags | LinuxSignalAction.SA_SIGINFO;
        _code = GuestAssembly.MapForeign(Write);
    }

    /// <summary>Gets how often the handler was called.</summary>
    internal long Count => Volatile.Read(ref _state[CountSlot]);

    /// <summary>Goes on top of whatever is there.</summary>
    /// <param name="passesOn">Whether to call that from now on, as libraries do that look every time.</param>
    internal void Install(bool passesOn)
    {
        LinuxSignalAction action = new() { sa_handler = _code, sa_flags = _flags };
        LinuxSignalAction before;
        _ = Libc.SigAction(_signal, &action, &before);
        if (passesOn)
        {
            _state[NextSlot / sizeof(long)] = before.sa_handler;
        }
    }

    // In:  a handler's arguments, which it hands on as they are. Counts without a lock prefix: close enough.
    private void Write(X64Emitter e)
    {
        CodeLabel end = e.NewLabel();
        if (_stackBytes != 0)
        {
            e.Store(Reg64.Rsp, -_stackBytes, Reg64.Rax);
        }

        e.Move(Reg64.Rax, (nint)_state);
        e.AddMemory(Reg64.Rax, CountSlot, 1);
        e.Load(Reg64.Rax, Reg64.Rax, NextSlot);
        e.Test(Reg64.Rax, Reg64.Rax);
        e.JumpIf(Condition.Equal, end);
        if (_calls)
        {
            e.Subtract(Reg64.Rsp, sizeof(long)); // calls happen with a 16-byte aligned stack
            e.Call(Reg64.Rax);
            e.Add(Reg64.Rsp, sizeof(long));
            e.Return();
        }
        else
        {
            e.Jump(Reg64.Rax);
        }

        e.Bind(end);
        e.Return();
    }
}
