using System.Buffers.Binary;

namespace TrapRuntime.MachineCode;

/// <summary>Bytes and labels, the part of an emitter that no CPU changes. Not safe for use by several threads.</summary>
internal abstract class CodeEmitter
{
    private const int InitialCapacity = 256; // one thunk, as a rule

    private readonly List<LabelReference> _references = [];

    private byte[] _code = new byte[InitialCapacity];

    /// <summary>Gets the number of bytes emitted so far, which is the offset of the next instruction.</summary>
    internal int Position { get; private set; }

    /// <summary>Makes a label that <see cref="Bind"/> will place.</summary>
    internal CodeLabel NewLabel() => new(this);

    /// <summary>Places a label at the next instruction.</summary>
    /// <exception cref="InvalidOperationException">The label is placed already, or another emitter made it.</exception>
    internal void Bind(CodeLabel label)
    {
        RequireOwn(label);
        label.Offset = Position;
    }

    /// <summary>Finds a placed label, in bytes from the first emitted byte.</summary>
    /// <exception cref="InvalidOperationException">The label is not placed, or another emitter made it.</exception>
    internal int OffsetOf(CodeLabel label)
    {
        RequireOwn(label);
        return label.Offset;
    }

    /// <summary>Emits instructions that do nothing until the position is a multiple of a power of two.</summary>
    internal void Align(int boundary)
    {
        if (!int.IsPow2(boundary))
        {
            throw new ArgumentOutOfRangeException(nameof(boundary), boundary, "An alignment is a power of two.");
        }

        while ((Position & (boundary - 1)) != 0)
        {
            WriteFiller();
        }
    }

    /// <summary>Copies the code out with every branch resolved. The emitter stays usable.</summary>
    /// <exception cref="InvalidOperationException">A branch names a label that was never bound, or one out of its reach.</exception>
    internal byte[] Finish()
    {
        byte[] code = _code.AsSpan(0, Position).ToArray();
        foreach (LabelReference reference in _references)
        {
            Resolve(code.AsSpan(reference.Offset), reference.Label.Offset - reference.Offset);
        }

        return code;
    }

    /// <summary>Writes the distance to a label into the field that waits for it.</summary>
    /// <param name="field">The code from the field on.</param>
    /// <param name="distance">Bytes from the field's first byte to the label.</param>
    private protected abstract void Resolve(Span<byte> field, int distance);

    /// <summary>Emits the shortest instruction that does nothing.</summary>
    private protected abstract void WriteFiller();

    /// <summary>Records that the field emitted next waits for a label.</summary>
    private protected void Refer(CodeLabel label)
    {
        RequireOwn(label);
        _references.Add(new LabelReference(Position, label));
    }

    /// <summary>Leaves room that is not code: data that labels mark.</summary>
    internal void Reserve(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Claim(bytes).Clear();
    }

    private protected void WriteByte(byte value) => Claim(sizeof(byte))[0] = value;

    private protected void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Claim(sizeof(int)), value);

    private protected void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Claim(sizeof(uint)), value);

    private protected void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Claim(sizeof(ulong)), value);

    /// <summary>Refuses labels that another emitter made.</summary>
    private protected void RequireOwn(CodeLabel label)
    {
        ArgumentNullException.ThrowIfNull(label);
        if (label.Owner != this)
        {
            throw new InvalidOperationException("The label belongs to another emitter: labels do not cross emitters.");
        }
    }

    private Span<byte> Claim(int length)
    {
        while (_code.Length - Position < length)
        {
            Array.Resize(ref _code, checked(_code.Length * 2));
        }

        Span<byte> claimed = _code.AsSpan(Position, length);
        Position += length;
        return claimed;
    }
}
