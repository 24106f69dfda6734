using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Calls;

public sealed class CompiledGuestTests
{
    private const int Parameters = 19;

    private static readonly GuestValueKind[] s_parameters =
    [
        GuestValueKind.Int32, GuestValueKind.Float64, GuestValueKind.Int64, GuestValueKind.Float32, GuestValueKind.Int64,
        GuestValueKind.Int64, GuestValueKind.Int32, GuestValueKind.Int64, GuestValueKind.Int32, GuestValueKind.Float64,
        GuestValueKind.Float64, GuestValueKind.Float64, GuestValueKind.Float64, GuestValueKind.Float64, GuestValueKind.Float64,
        GuestValueKind.Float64, GuestValueKind.Float64, GuestValueKind.Float32, GuestValueKind.Int64,
    ];

    // As the C source changes them, of the arguments 1, 2, 3 and so on.
    private static readonly double[] s_expected = [2, 4, 0, 2, 10, 0, 49, 0, 0, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38];

    [Fact]
    public void A_compiled_function_passes_its_arguments_on_to_a_host_function_and_its_result_back()
    {
        nint function = NativeLibrary.GetExport(CompiledLibrary.Load("Calls/mixed.c"), "pass_on");
        using GuestCode code = GuestCode.RegisterImage(function);
        double[] received = [];
        using HostFunction host = HostFunction.Create(
            GuestSignature.Create(s_parameters, GuestValueKind.Float64),
            (ref HostCallContext call) =>
            {
                received = [.. call.Arguments.ToArray().Select(ToDouble)];
                return GuestValue.FromFloat64(41);
            });
        GuestFunction guest = new(function, GuestSignature.Create([GuestValueKind.Int64, .. s_parameters], GuestValueKind.Float64));
        GuestValue[] arguments = [GuestValue.FromInt64(host.Address), .. Enumerable.Range(0, Parameters).Select(ToValue)];

        guest.Invoke(arguments, out GuestValue result, cancellationToken: TestContext.Current.CancellationToken).IsTrap.Should().BeFalse();

        received.Should().Equal(s_expected);
        result.AsFloat64().Should().Be(42);
    }

    private static GuestValue ToValue(int index) => s_parameters[index] switch
    {
        GuestValueKind.Int32 => GuestValue.FromInt32(index + 1),
        GuestValueKind.Int64 => GuestValue.FromInt64(index + 1),
        GuestValueKind.Float32 => GuestValue.FromFloat32(index + 1),
        _ => GuestValue.FromFloat64(index + 1),
    };

    private static double ToDouble(GuestValue value) => value.Kind switch
    {
        GuestValueKind.Int32 => value.AsInt32(),
        GuestValueKind.Int64 => value.AsInt64(),
        GuestValueKind.Float32 => value.AsFloat32(),
        _ => value.AsFloat64(),
    };
}
