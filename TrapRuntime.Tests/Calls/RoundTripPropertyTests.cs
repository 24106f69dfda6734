using FsCheck;
using FsCheck.Fluent;
using TrapRuntime.AotSmoke.Calls;
using Xunit;

namespace TrapRuntime.Tests.Calls;

public sealed class RoundTripPropertyTests
{
    private const int Signatures = 200;
    private const int SetsEach = 1000;
    private const int MostParameters = 40;
    private const int Kinds = 4;

    private static readonly Gen<GuestValueKind> s_kind = Gen.Choose(0, Kinds - 1).Select(kind => (GuestValueKind)kind);

    private static readonly Arbitrary<GuestValueKind[]> s_parameters = Arb.From(
        from count in Gen.Choose(0, MostParameters) from parameters in s_kind.ArrayOf(count) select parameters,
        WithoutOne);

    private static readonly Arbitrary<int> s_result = Gen.Choose(0, Kinds).ToArbitrary();

    [Fact]
    public void Any_signature_carries_any_values_bit_for_bit_in_both_directions() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Signatures),
            Prop.ForAll(s_parameters, s_result, (parameters, result) =>
            {
                GuestValueKind? kind = result == Kinds ? null : (GuestValueKind)result;
                using RoundTrip trip = new(GuestSignature.Create(parameters, kind));
                trip.Check(new RandomBits((ulong)parameters.Length), SetsEach);
            }));

    // A failure shrinks to the fewest parameters that still fail.
    private static IEnumerable<GuestValueKind[]> WithoutOne(GuestValueKind[] parameters) =>
        parameters.Select((_, left) => parameters.Where((_, index) => index != left).ToArray());
}
