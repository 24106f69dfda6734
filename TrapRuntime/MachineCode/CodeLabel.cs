namespace TrapRuntime.MachineCode;

/// <summary>A place in emitted code. Made by <see cref="CodeEmitter.NewLabel"/>; branches may name it before it is bound.</summary>
internal sealed class CodeLabel
{
    private const int Unbound = -1;

    private int _offset = Unbound;

    internal CodeLabel(CodeEmitter owner) => Owner = owner;

    /// <summary>Gets the emitter that made the label, the only one that may use it.</summary>
    internal CodeEmitter Owner { get; }

    /// <summary>Gets a value indicating whether the label has its place.</summary>
    internal bool IsBound => _offset != Unbound;

    /// <summary>Gets the place, in bytes from the first emitted byte.</summary>
    /// <exception cref="InvalidOperationException">The label has no place yet.</exception>
    internal int Offset
    {
        get => IsBound
            ? _offset
            : throw new InvalidOperationException("The label is used but never bound: call Bind where it should point.");
        set => _offset = !IsBound
            ? value
            : throw new InvalidOperationException($"The label is bound already, at offset {_offset}: a label marks one place.");
    }
}
