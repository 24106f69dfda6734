using System.Text;
using TrapRuntime.Traps;

namespace TrapRuntime;

/// <summary>Why a guest ended before its time: what happened, where, and what the processor and the code registry know about it.</summary>
/// <remarks>
/// Immutable and thread-safe. The message and the names of the frames are worked out when they are first asked for; they describe the
/// code that was registered at the trap, even if it is disposed in between. Wasmer: <c>Trap</c>, <c>RuntimeError</c>.
/// </remarks>
public sealed partial class Trap
{
    private readonly HardwareFacts? _hardware;
    private readonly TrapDetail? _detail;
    private readonly nuint[] _programCounters;
    private CodeDirectory? _directory;
    private string? _message;
    private TrapFrame[]? _frames;

    private Trap(TrapKind kind, TrapCode code, HardwareFacts? hardware, TrapDetail? detail, nuint[] programCounters, CodeDirectory directory)
    {
        Kind = kind;
        Code = code;
        _hardware = hardware;
        _detail = detail;
        _programCounters = programCounters;
        _directory = directory;
    }

    /// <summary>Gets where the trap came from.</summary>
    public TrapKind Kind { get; }

    /// <summary>Gets what the guest did wrong, or <see cref="TrapCode.None"/> when nothing proves it.</summary>
    public TrapCode Code { get; }

    /// <summary>Gets one sentence about the trap: the WebAssembly specification's words where it has any, then what is known beyond them.</summary>
    public string Message => _message ??= TrapMessage.Describe(this, _detail);

    /// <summary>Gets the address of the faulting instruction; for traps that are raised, the guest's next instruction after the call, minus one; 0 if unknown.</summary>
    public nuint ProgramCounter { get; private init; }

    /// <summary>Gets the address that the faulting instruction could not access, or null when the fault names none.</summary>
    public nuint? FaultAddress => _hardware?.FaultAddress;

    /// <summary>Gets what the instruction was doing with <see cref="FaultAddress"/>.</summary>
    public FaultAccess Access => _hardware?.Access ?? FaultAccess.Unknown;

    /// <summary>Gets the signal number (on Windows the exception code), or 0 for traps that are no hardware fault.</summary>
    public int Signal => _hardware?.Signal ?? 0;

    /// <summary>Gets the signal's reason, <c>si_code</c>.</summary>
    public int SignalCode => _hardware?.SignalCode ?? 0;

    /// <summary>Gets the registers at the fault, or null for traps that are no hardware fault.</summary>
    public TrapRegisters? Registers => _hardware?.Registers;

    /// <summary>Gets the exception of a <see cref="TrapKind.User"/> trap, or null.</summary>
    public Exception? UserError { get; private init; }

    /// <summary>
    /// Gets the guest frames, innermost first, through nested guest calls. Empty when back-traces are off; one frame when the guest
    /// keeps no frame pointers.
    /// </summary>
    public IReadOnlyList<TrapFrame> Frames => _frames ?? NameFrames();

    /// <summary>Gets the first line of <see cref="ToString"/>.</summary>
    internal string Headline => $"wasm trap: {Message}";

    /// <summary>Gives the message and, line by line, the frames.</summary>
    /// <returns><c>wasm trap: integer divide by zero</c>, then a line such as <c>   at name+0x1c (module)</c> for each frame.</returns>
    public override string ToString()
    {
        StringBuilder text = new(Headline);
        foreach (TrapFrame frame in Frames)
        {
            text.AppendLine().Append("   at ").Append(TrapMessage.Describe(frame));
        }

        return text.ToString();
    }

    private TrapFrame[] NameFrames()
    {
        // Two threads may both get here; they make equal arrays and the first one published is kept.
        CodeDirectory? directory = Volatile.Read(ref _directory);
        if (directory is not null)
        {
            TrapFrame[] frames = new TrapFrame[_programCounters.Length];
            for (int i = 0; i < frames.Length; i++)
            {
                frames[i] = directory.TryFind(_programCounters[i], out CodeRange range)
                    ? range.Owner.Annotations.Describe(_programCounters[i])
                    : new TrapFrame(_programCounters[i], null, null, 0);
            }

            _ = Interlocked.CompareExchange(ref _frames, frames, null);
            Volatile.Write(ref _directory, null);
        }

        return Volatile.Read(ref _frames)!;
    }
}
