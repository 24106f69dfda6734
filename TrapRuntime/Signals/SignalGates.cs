using TrapRuntime.MachineCode;
using TrapRuntime.Platforms;

namespace TrapRuntime.Signals;

/// <summary>The gates of one signal, the newest on top. Each passes on to the action it replaced, and no way leads back to a gate.</summary>
/// <remarks>
/// A library that goes back on top of us remembers our gate as the one to pass on to, and that gate would pass on to the library.
/// Such a gate retires: from then on it passes on to the gate that was there before the library first came, and another takes its place.
/// </remarks>
internal sealed class SignalGates(int signal, ThunkEnvironment environment, ThunkSet thunks, bool isSent)
{
    /// <summary>
    /// Two libraries that each go on top of the other's new handler (two copies of this one, say) would add gates for ever. After so many
    /// the order stays as it is: whoever passes on properly is reached from below as well.
    /// </summary>
    private const int MostGates = 16;

    // A signal that was blocked for its gate must be unblocked by the return from it.
    private readonly ThunkEnvironment _environment = isSent ? environment with { LeavesByJump = false } : environment;
    private readonly List<Gate> _gates = [];

    /// <summary>Puts a gate on top unless one is there already.</summary>
    /// <returns>True if another handler had come on top since the last time and is now passed on to.</returns>
    internal bool Install()
    {
        SignalAction current = PlatformSignals.Current.Query(signal);
        if (_gates.Exists(gate => gate.Code == current.Handler))
        {
            return false;
        }

        bool displaced = _gates.Count > 0;
        Gate? spare = current.HasHandler
            ? _gates.Find(static gate => gate.IsRetired)
            : _gates.Find(gate => gate.PassesOnTo(current));
        foreach (Gate gate in _gates)
        {
            if (current.HasHandler && !gate.IsRetired && gate.PassesOnTo(current))
            {
                gate.Retire();
            }
        }

        if (spare is null && _gates.Count == MostGates)
        {
            return false;
        }

        Gate top = spare ?? new Gate(_environment, thunks, _gates.FindLast(static gate => !gate.IsRetired));
        top.PassOnTo(current, PlatformSignals.Current.BlockedBy(signal, current));
        if (spare is null)
        {
            _gates.Add(top);
        }

        PlatformSignals.Current.Install(signal, top.Code, current, isSent);
        return displaced;
    }
}
