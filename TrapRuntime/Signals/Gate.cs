using System.Runtime.InteropServices;
using TrapRuntime.MachineCode;
using TrapRuntime.Platforms;

namespace TrapRuntime.Signals;

/// <summary>One installed or once installed gate, with the record it reads. Never freed: another library may hold its address.</summary>
internal sealed unsafe class Gate
{
    private readonly GateRecord* _record;
    private readonly Gate? _below;

    /// <summary>Initializes a new instance of the <see cref="Gate"/> class, which passes on to nobody yet.</summary>
    /// <param name="environment">What the gate is built for.</param>
    /// <param name="thunks">The process's thunks.</param>
    /// <param name="below">The gate that was on top before this one, if any.</param>
    internal Gate(ThunkEnvironment environment, ThunkSet thunks, Gate? below)
    {
        _below = below;
        _record = (GateRecord*)NativeMemory.AllocZeroed((nuint)sizeof(GateRecord));
        Code = ProcessorThunks.Current.CreateGate(environment, thunks, (nint)_record);
    }

    /// <summary>Gets the gate's address.</summary>
    internal nint Code { get; }

    /// <summary>Gets a value indicating whether the library this gate passed on to has come on top of it again.</summary>
    internal bool IsRetired { get; private set; }

    /// <summary>Whether this gate passes on to the handler of an action.</summary>
    internal bool PassesOnTo(in SignalAction action) => _record->Handler == action.Handler;

    /// <summary>Passes on to an action, blocking what the kernel would have blocked for it.</summary>
    internal void PassOnTo(in SignalAction action, ulong mask)
    {
        IsRetired = false;
        Write(action.Handler, action.Flags, mask);
    }

    /// <summary>Passes on to the gate below from now on; the lowest gate to the default action, since the library was all there was.</summary>
    internal void Retire()
    {
        IsRetired = true;
        if (_below is null)
        {
            Write(SignalAction.DefaultHandler, 0, 0);
        }
        else
        {
            Write(_below.Code, PlatformSignals.Current.GateFlags, 0);
        }
    }

    // A signal may come in between: the handler is written last and whole.
    private void Write(nint handler, nint flags, ulong mask)
    {
        _record->Flags = flags;
        _record->Mask = mask;
        Volatile.Write(ref _record->Handler, handler);
    }
}
