namespace TrapRuntime.AotSmoke.Calls;

/// <summary>Values of any bits, every third of them one that a careless conversion would change.</summary>
internal static class RandomValues
{
    private const int OddOnes = 3;
    private const int MostParameters = 40;
    private const int Kinds = 4;

    // Quiet and signalling NaN with payload, negative NaN, infinities, negative zero, the least and the greatest subnormal.
    private static readonly ulong[] s_hard32 =
        [0x7FC1_2345, 0x7F80_0001, 0xFFBF_FFFF, 0x7F80_0000, 0xFF80_0000, 0x8000_0000, 0x0000_0001, 0x007F_FFFF, 0xFFFF_FFFF, 0];

    private static readonly ulong[] s_hard64 =
    [
        0x7FF8_DEAD_BEEF_CAFE, 0x7FF0_0000_0000_0001, 0xFFF7_FFFF_FFFF_FFFF, 0x7FF0_0000_0000_0000, 0xFFF0_0000_0000_0000,
        0x8000_0000_0000_0000, 0x0000_0000_0000_0001, 0x000F_FFFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFF, 0,
    ];

    /// <summary>Gives the bits of a value; those of a 32-bit one have an upper half of zero.</summary>
    internal static ulong Bits(RandomBits random, GuestValueKind kind)
    {
        bool narrow = kind is GuestValueKind.Int32 or GuestValueKind.Float32;
        ulong[] hard = narrow ? s_hard32 : s_hard64;
        ulong bits = random.Below(OddOnes) == 0 ? hard[random.Below(hard.Length)] : random.Next();
        return narrow ? (uint)bits : bits;
    }

    /// <summary>Gives a signature of up to 40 parameters of all kinds, with a result of any kind or none.</summary>
    internal static GuestSignature Signature(RandomBits random)
    {
        GuestValueKind[] parameters = new GuestValueKind[random.Below(MostParameters + 1)];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = (GuestValueKind)random.Below(Kinds);
        }

        int result = random.Below(Kinds + 1);
        return GuestSignature.Create(parameters, result == Kinds ? null : (GuestValueKind)result);
    }

    /// <summary>Makes a value of bits.</summary>
    internal static GuestValue ToValue(GuestValueKind kind, ulong bits) => kind switch
    {
        GuestValueKind.Int32 => GuestValue.FromInt32((int)(uint)bits),
        GuestValueKind.Int64 => GuestValue.FromInt64((long)bits),
        GuestValueKind.Float32 => GuestValue.FromFloat32(BitConverter.UInt32BitsToSingle((uint)bits)),
        _ => GuestValue.FromFloat64(BitConverter.UInt64BitsToDouble(bits)),
    };

    /// <summary>Gives a value's bits back, through its public face.</summary>
    internal static ulong ToBits(GuestValue value) => value.Kind switch
    {
        GuestValueKind.Int32 => (uint)value.AsInt32(),
        GuestValueKind.Int64 => (ulong)value.AsInt64(),
        GuestValueKind.Float32 => BitConverter.SingleToUInt32Bits(value.AsFloat32()),
        _ => BitConverter.DoubleToUInt64Bits(value.AsFloat64()),
    };
}
