using System.Runtime.CompilerServices;
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
    /// <summary>Frames that need no array.</summary>
    private const int InlineFrames = 2;

    // Small, because a raised trap costs little more than its object: two frames, the usual, need no array, and no two kinds of trap
    // have the same facts. The array ends with the frames beyond the second; what is in front of them is the record of a fault.
    private readonly int _frameCount;
    private readonly nuint _secondCounter;
    private readonly nuint[]? _words;
    private readonly object? _facts;
    private object _names;
    private string? _message;

    /// <param name="kind">Where it came from.</param>
    /// <param name="code">What the guest did wrong.</param>
    /// <param name="programCounter">Where; of a trap with frames, the first of them.</param>
    /// <param name="facts">What else is known: a <see cref="TrapDetail"/> or an <see cref="Exception"/>.</param>
    /// <param name="words">The record of a fault, which ends with the counters beyond the second, or null.</param>
    /// <param name="counters">The frames' program counters, innermost first.</param>
    /// <param name="directory">The code that was registered at the trap.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Trap(
        TrapKind kind, TrapCode code, nuint programCounter, object? facts, nuint[]? words, ReadOnlySpan<nuint> counters, CodeDirectory directory)
    {
        Kind = kind;
        Code = code;
        ProgramCounter = programCounter;
        _names = directory;
        _frameCount = counters.Length;

        // A reference is written only where there is one: each costs a write barrier.
        if (facts is not null)
        {
            _facts = facts;
        }

        if (counters.Length > 1)
        {
            _secondCounter = counters[1];
        }

        if (words is not null)
        {
            _words = words;
        }
        else if (counters.Length > InlineFrames)
        {
            _words = counters[InlineFrames..].ToArray();
        }
    }

    /// <summary>Gets where the trap came from.</summary>
    public TrapKind Kind { get; }

    /// <summary>Gets what the guest did wrong, or <see cref="TrapCode.None"/> when nothing proves it.</summary>
    public TrapCode Code { get; }

    /// <summary>Gets one sentence about the trap: the WebAssembly specification's words where it has any, then what is known beyond them.</summary>
    public string Message => _message ??= TrapMessage.Describe(this, _facts as TrapDetail);

    /// <summary>Gets the address of the faulting instruction; for traps that are raised, the guest's next instruction after the call, minus one; 0 if unknown.</summary>
    public nuint ProgramCounter { get; }

    /// <summary>Gets the address that the faulting instruction could not access, or null when the fault names none.</summary>
    public nuint? FaultAddress => Fault?.Address;

    /// <summary>Gets what the instruction was doing with <see cref="FaultAddress"/>.</summary>
    public FaultAccess Access => Fault?.Access ?? FaultAccess.Unknown;

    /// <summary>Gets the signal number (on Windows the exception code), or 0 for traps that are no hardware fault.</summary>
    public int Signal => Kind is TrapKind.Hardware ? Fault!.Value.Capture.Signal : 0;

    /// <summary>Gets the signal's reason, <c>si_code</c>.</summary>
    public int SignalCode => Kind is TrapKind.Hardware ? Fault!.Value.Capture.SignalCode : 0;

    /// <summary>Gets the registers at the fault, or null for traps that are no hardware fault.</summary>
    public TrapRegisters? Registers => Fault is { } fault ? new TrapRegisters(fault) : null;

    /// <summary>Gets the exception of a <see cref="TrapKind.User"/> trap, or null.</summary>
    public Exception? UserError => _facts as Exception;

    /// <summary>
    /// Gets the guest frames, innermost first, through nested guest calls. Empty when back-traces are off; one frame when the guest
    /// keeps no frame pointers.
    /// </summary>
    public IReadOnlyList<TrapFrame> Frames => Volatile.Read(ref _names) as TrapFrame[] ?? NameFrames();

    /// <summary>Gets the first line of <see cref="ToString"/>.</summary>
    internal string Headline => $"wasm trap: {Message}";

    private int MoreFrames => Math.Max(_frameCount - InlineFrames, 0);

    private FaultRecord? Fault => _words is not null && _words.Length > MoreFrames ? new FaultRecord(_words) : null;

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

    // Two threads may both get here; they make equal arrays and the first one published is kept.
    private TrapFrame[] NameFrames()
    {
        object names = Volatile.Read(ref _names);
        if (names is not CodeDirectory directory)
        {
            return (TrapFrame[])names;
        }

        TrapFrame[] frames = new TrapFrame[_frameCount];
        for (int i = 0; i < frames.Length; i++)
        {
            nuint counter = CounterOf(i);
            frames[i] = directory.TryFind(counter, out CodeRange range)
                ? range.Owner.Annotations.Describe(counter)
                : new TrapFrame(counter, null, null, 0);
        }

        object former = Interlocked.CompareExchange(ref _names, frames, directory);
        return former == directory ? frames : (TrapFrame[])former;
    }

    private nuint CounterOf(int frame) => frame switch
    {
        0 => ProgramCounter,
        1 => _secondCounter,
        _ => _words![^(_frameCount - frame)],
    };
}
