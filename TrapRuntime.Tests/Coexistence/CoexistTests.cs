using FluentAssertions;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Coexistence;

/// <summary>The checks of the smoke program's <c>coexist</c> command, each in a process of its own, under both runtimes.</summary>
public sealed class CoexistTests
{
    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Trap_leaves_mask_error_number_floating_point_control_and_protection_keys_alone(SmokeRuntime runtime) => Check(runtime, "state-kept");

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Signal_stack_that_a_library_replaced_comes_back(SmokeRuntime runtime) => Check(runtime, "small-signal-stack");

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Library_that_keeps_coming_back_on_top_runs_in_no_circle(SmokeRuntime runtime) => Check(runtime, "returning-library");

    [Theory]
    [InlineData(SmokeRuntime.NativeAot, "calling")]
    [InlineData(SmokeRuntime.NativeAot, "jumping")]
    [InlineData(SmokeRuntime.CoreClr, "calling")]
    [InlineData(SmokeRuntime.CoreClr, "jumping")]
    public void Guests_trap_below_a_library_that_passes_on_and_nothing_stays_blocked(SmokeRuntime runtime, string manner) =>
        Check(runtime, "library-on-top-" + manner);

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Signal_whose_frame_does_not_fit_is_a_stack_overflow_and_a_wild_access_beside_it_is_not(SmokeRuntime runtime) => Check(runtime, "late-signal");

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Signal_handler_that_runs_out_of_the_guest_stack_goes_on_in_the_reserve(SmokeRuntime runtime) => Check(runtime, "tight-signal");

    [Theory]
    [InlineData(SmokeRuntime.NativeAot, "below")]
    [InlineData(SmokeRuntime.NativeAot, "above")]
    [InlineData(SmokeRuntime.CoreClr, "below")]
    [InlineData(SmokeRuntime.CoreClr, "above")]
    public void Exceptions_around_guests_arrive_with_the_guest_stack_on_either_side(SmokeRuntime runtime, string side) =>
        Check(runtime, "guest-stack-" + side);

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Trap_raised_where_the_calling_frame_is_gone_arrives(SmokeRuntime runtime) => Check(runtime, "tail-call");

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Collections_go_on_while_a_guest_runs_that_never_calls_the_host(SmokeRuntime runtime) => Check(runtime, "collection");

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Access_across_the_end_of_a_memory_is_out_of_bounds(SmokeRuntime runtime) => Check(runtime, "straddle");

    private static void Check(SmokeRuntime runtime, string check)
    {
        ProcessResult result = SmokeChild.Run(runtime, "coexist", check);
        result.Output.Should().Be($"{check}: ok\n", result.ToString());
        result.ExitCode.Should().Be(0, result.ToString());
    }
}
