namespace TrapRuntime.Platforms;

/// <summary>Where the gate finds things in the system's records. Offsets in bytes, computed from the structs.</summary>
internal readonly record struct GateLayout
{
    /// <summary>The interrupted program counter, in the context.</summary>
    internal required int ProgramCounter { get; init; }

    /// <summary>The interrupted stack pointer, in the context.</summary>
    internal required int StackPointer { get; init; }

    /// <summary>The activation register of the enter thunk, in the context.</summary>
    internal required int ActivationRegister { get; init; }

    /// <summary>The pointer to the vector state, in the context.</summary>
    internal int VectorState { get; init; }

    /// <summary>The start of the signal stack, in the context.</summary>
    internal required int SignalStackStart { get; init; }

    /// <summary>The size of the signal stack, in the context.</summary>
    internal required int SignalStackSize { get; init; }

    /// <summary>The reason, in the signal information.</summary>
    internal required int SignalCode { get; init; }

    /// <summary>The value of a queued signal, in the signal information.</summary>
    internal required int SignalValue { get; init; }
}
