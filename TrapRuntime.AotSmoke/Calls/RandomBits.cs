namespace TrapRuntime.AotSmoke.Calls;

/// <summary>The same random numbers on every runtime and in every run (splitmix64).</summary>
internal sealed class RandomBits(ulong seed)
{
    private const ulong Step = 0x9E37_79B9_7F4A_7C15;
    private const ulong FirstFactor = 0xBF58_476D_1CE4_E5B9;
    private const ulong SecondFactor = 0x94D0_49BB_1331_11EB;
    private const int FirstShift = 30;
    private const int SecondShift = 27;
    private const int LastShift = 31;

    private ulong _state = seed;

    /// <summary>Gives the next 64 bits.</summary>
    internal ulong Next()
    {
        ulong value = unchecked(_state += Step);
        value = unchecked((value ^ (value >> FirstShift)) * FirstFactor);
        value = unchecked((value ^ (value >> SecondShift)) * SecondFactor);
        return value ^ (value >> LastShift);
    }

    /// <summary>Gives a number below a limit.</summary>
    internal int Below(int limit) => (int)(Next() % (uint)limit);
}
