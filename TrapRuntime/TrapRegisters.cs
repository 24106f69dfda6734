using System.Diagnostics.CodeAnalysis;
using TrapRuntime.Activations;

namespace TrapRuntime;

/// <summary>The processor's registers at a hardware trap.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "A set of registers is looked at, never compared.")]
public readonly struct TrapRegisters
{
    private readonly nuint[]? _general;

    internal unsafe TrapRegisters(in TrapCapture capture)
    {
        ProgramCounter = capture.ProgramCounter;
        StackPointer = capture.StackPointer;
        FramePointer = capture.FramePointer;
        _general = new nuint[Math.Clamp((int)capture.GeneralCount, 0, TrapCapture.MaxGeneral)];
        for (int i = 0; i < _general.Length; i++)
        {
            _general[i] = (nuint)capture.General[i];
        }
    }

    /// <summary>Gets the address of the faulting instruction.</summary>
    public nuint ProgramCounter { get; }

    /// <summary>Gets the stack pointer.</summary>
    public nuint StackPointer { get; }

    /// <summary>Gets the frame pointer: rbp, x29.</summary>
    public nuint FramePointer { get; }

    /// <summary>Gets the general registers in the processor's own numbering: rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi, r8 to r15; x0 to x30.</summary>
    public ReadOnlySpan<nuint> General => _general;
}
