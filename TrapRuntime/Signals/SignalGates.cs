using System.Runtime.InteropServices;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms;

namespace TrapRuntime.Signals;

/// <summary>The gates of one signal, the newest on top. Each passes on to the action it replaced, so no two can chase each other.</summary>
internal sealed unsafe class SignalGates(int signal, ThunkEnvironment environment, ThunkSet thunks, bool restart)
{
    private readonly List<Gate> _gates = [];

    /// <summary>Puts a gate on top unless one is there already.</summary>
    /// <returns>True if another handler had come on top since the last time.</returns>
    internal bool Install()
    {
        SignalAction current = PlatformSignals.Current.Query(signal);
        if (_gates.Exists(gate => gate.Code == current.Handler))
        {
            return false;
        }

        bool displaced = _gates.Count > 0;
        Gate gate = Find(current) ?? Create(current);
        PlatformSignals.Current.Install(signal, gate.Code, current, restart);
        return displaced;
    }

    // A handler that comes back again and again is passed on to by the same gate, so that gates do not pile up.
    private Gate? Find(in SignalAction current)
    {
        foreach (Gate gate in _gates)
        {
            GateRecord* record = (GateRecord*)gate.Record;
            if (record->Handler == current.Handler && record->Flags == current.Flags
                && record->Mask == PlatformSignals.Current.BlockedBy(signal, current))
            {
                return gate;
            }
        }

        return null;
    }

    // The record is complete before the gate can be reached: a signal may come in between.
    private Gate Create(in SignalAction current)
    {
        GateRecord* record = (GateRecord*)NativeMemory.AllocZeroed((nuint)sizeof(GateRecord));
        record->Handler = current.Handler;
        record->Flags = current.Flags;
        record->Mask = PlatformSignals.Current.BlockedBy(signal, current);
        Gate gate = new(X64Thunks.CreateGate(environment, thunks, (nint)record), (nint)record);
        _gates.Add(gate);
        return gate;
    }

    private readonly record struct Gate(nint Code, nint Record);
}
