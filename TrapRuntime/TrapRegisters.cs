using System.Diagnostics.CodeAnalysis;
using TrapRuntime.Traps;

namespace TrapRuntime;

/// <summary>The processor's registers at a hardware trap.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "A set of registers is looked at, never compared.")]
public readonly struct TrapRegisters
{
    private readonly FaultRecord? _record;

    internal TrapRegisters(FaultRecord record) => _record = record;

    /// <summary>Gets the address of the faulting instruction.</summary>
    public nuint ProgramCounter => _record?.Capture.ProgramCounter ?? 0;

    /// <summary>Gets the stack pointer.</summary>
    public nuint StackPointer => _record?.Capture.StackPointer ?? 0;

    /// <summary>Gets the frame pointer: rbp, x29.</summary>
    public nuint FramePointer => _record?.Capture.FramePointer ?? 0;

    /// <summary>Gets the general registers in the processor's own numbering: rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi, r8 to r15; x0 to x30.</summary>
    public ReadOnlySpan<nuint> General => _record is { } record ? record.General : default;
}
