using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrapRuntime.AotSmoke.Calls;

/// <summary>Values cross the border in both directions without a changed bit.</summary>
internal static unsafe class RoundTripChecks
{
    private const int Signatures = 200;
    private const int SetsEach = 1000;
    private const int ManyParameters = 301; // more words than a call gathers on the host's stack, and an odd number of them
    private const ulong Seed = 4;
    private const int WideParameters = 20_000; // more than a small guest stack and its guard together
    private const float Narrow = 2.5f;

    private static long s_total;

    internal static IEnumerable<CallCheck> All =>
    [
        new("200 random signatures carry 1000 sets of values each, bit for bit", RandomSignatures),
        new("Hundreds of parameters arrive", ManyArguments),
        new("An unmanaged-callable method gets mixed parameters from registers and stack", UnmanagedMethod),
        new("Each kind of result comes back from a method with no parameters", Results),
        new("More arguments than the guest stack holds are a stack overflow of the guest", TooManyArguments),
    ];

    private static void RandomSignatures()
    {
        RandomBits random = new(Seed);
        for (int i = 0; i < Signatures; i++)
        {
            using RoundTrip trip = new(RandomValues.Signature(random));
            trip.Check(random, SetsEach);
        }
    }

    private static void ManyArguments()
    {
        GuestValueKind[] parameters = new GuestValueKind[ManyParameters];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = (GuestValueKind)(i % Enum.GetValues<GuestValueKind>().Length);
        }

        using RoundTrip trip = new(GuestSignature.Create(parameters, GuestValueKind.Float32));
        trip.Check(new RandomBits(Seed), sets: 10);
    }

    private static void UnmanagedMethod()
    {
        GuestValueKind[] parameters =
        [
            GuestValueKind.Int32, GuestValueKind.Float64, GuestValueKind.Int64, GuestValueKind.Float32, GuestValueKind.Int64,
            GuestValueKind.Int64, GuestValueKind.Int32, GuestValueKind.Int64, GuestValueKind.Int32, GuestValueKind.Int64, GuestValueKind.Float64,
        ];
        GuestSignature signature = GuestSignature.Create(parameters, GuestValueKind.Float64);
        using HostFunction host = HostFunction.FromUnmanaged(
            (nint)(delegate* unmanaged<int, double, long, float, long, long, int, long, int, long, double, double>)&Sum, signature);
        using ArgumentRecord record = new(parameters);
        using GuestCode guest = GuestCode.Emit(PassOnGuest.Write(signature, record));
        record[ArgumentRecord.HostFunction] = (ulong)host.Address;

        GuestValue[] arguments = new GuestValue[parameters.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = parameters[i] switch
            {
                GuestValueKind.Int32 => GuestValue.FromInt32(-(i + 1)),
                GuestValueKind.Int64 => GuestValue.FromInt64(-(i + 1)),
                GuestValueKind.Float32 => GuestValue.FromFloat32(Narrow),
                _ => GuestValue.FromFloat64(i + 1),
            };
        }

        Require.Returned(new GuestFunction(guest.Start, signature).Invoke(arguments, out GuestValue result));
        Require.Equal(Weigh(-1, 2, -3, Narrow, -5, -6, -7, -8, -9, -10, 11), result.AsFloat64());
    }

    private static void Results()
    {
        foreach (GuestValueKind kind in Enum.GetValues<GuestValueKind>())
        {
            using RoundTrip trip = new(GuestSignature.Create([], kind));
            trip.Check(new RandomBits(Seed), sets: 100);
        }

        s_total = 0;
        using CallGuests guests = new();
        using HostFunction nothing = HostFunction.FromUnmanaged(
            (nint)(delegate* unmanaged<long, void>)&Add, GuestSignature.Create([GuestValueKind.Int64]));
        Require.Returned(guests.Call(nothing, 5));
        Require.Equal(5, s_total);
    }

    private static void TooManyArguments()
    {
        GuestValueKind[] parameters = new GuestValueKind[WideParameters];
        GuestValue[] arguments = new GuestValue[WideParameters];
        using CallGuests guests = new();
        GuestFunction wide = new(guests.Apply.Address, GuestSignature.Create(parameters));
        TrapResult result = wide.Invoke(arguments, out _, new VMConfig { StackSize = GuestStacks.MinSize });
        Require.Trap(TrapKind.Hardware, TrapCode.StackOverflow, result);
    }

    [UnmanagedCallersOnly]
    private static double Sum(int a, double b, long c, float d, long e, long f, int g, long h, int i, long j, double k) =>
        Weigh(a, b, c, d, e, f, g, h, i, j, k);

    // Another weight for each, so that no two can change places unseen.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Weigh(int a, double b, long c, float d, long e, long f, int g, long h, int i, long j, double k)
    {
        double sum = 0;
        foreach (double value in (ReadOnlySpan<double>)[a, b, c, d, e, f, g, h, i, j, k])
        {
            sum = (sum * 13) + value;
        }

        return sum;
    }

    [UnmanagedCallersOnly]
    private static void Add(long value) => s_total += value;
}
