using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TrapRuntime;

/// <summary>A value on its way between host and guest, bit for bit: NaN payloads survive.</summary>
public readonly record struct GuestValue
{
    private readonly ulong _bits;

    private GuestValue(GuestValueKind kind, ulong bits)
    {
        Kind = kind;
        _bits = bits;
    }

    /// <summary>Gets what the value is.</summary>
    public GuestValueKind Kind { get; }

    /// <summary>Gets the value as it lies in a register, upper bits zero.</summary>
    internal ulong Bits => _bits;

    /// <summary>Wraps a 32-bit integer.</summary>
    public static GuestValue FromInt32(int value) => new(GuestValueKind.Int32, (uint)value);

    /// <summary>Wraps a 64-bit integer.</summary>
    public static GuestValue FromInt64(long value) => new(GuestValueKind.Int64, (ulong)value);

    /// <summary>Wraps a single-precision number.</summary>
    public static GuestValue FromFloat32(float value) => new(GuestValueKind.Float32, BitConverter.SingleToUInt32Bits(value));

    /// <summary>Wraps a double-precision number.</summary>
    public static GuestValue FromFloat64(double value) => new(GuestValueKind.Float64, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Reads a 32-bit integer.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public int AsInt32() => (int)BitsOf(GuestValueKind.Int32);

    /// <summary>Reads a 64-bit integer.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public long AsInt64() => (long)BitsOf(GuestValueKind.Int64);

    /// <summary>Reads a single-precision number.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public float AsFloat32() => BitConverter.UInt32BitsToSingle((uint)BitsOf(GuestValueKind.Float32));

    /// <summary>Reads a double-precision number.</summary>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public double AsFloat64() => BitConverter.UInt64BitsToDouble(BitsOf(GuestValueKind.Float64));

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        GuestValueKind.Int32 => AsInt32().ToString(CultureInfo.InvariantCulture),
        GuestValueKind.Int64 => AsInt64().ToString(CultureInfo.InvariantCulture),
        GuestValueKind.Float32 => AsFloat32().ToString(CultureInfo.InvariantCulture),
        _ => AsFloat64().ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Takes a value out of a register; a 32-bit one leaves the upper half behind.</summary>
    internal static GuestValue FromBits(GuestValueKind kind, ulong bits) =>
        new(kind, kind is GuestValueKind.Int32 or GuestValueKind.Float32 ? (uint)bits : bits);

    private ulong BitsOf(GuestValueKind wanted)
    {
        if (Kind != wanted)
        {
            ThrowWrongKind(wanted);
        }

        return _bits;
    }

    [DoesNotReturn]
    private void ThrowWrongKind(GuestValueKind wanted) =>
        throw new InvalidOperationException($"The guest value {this} is an {Kind}; it cannot be read as an {wanted}.");
}
