using FluentAssertions;
using TrapRuntime.AotSmoke.Commands;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Stacks;

/// <summary>What guest stacks do under options and limits of the whole process: each in a process of its own, under both runtimes.</summary>
[Collection(StacksCollection.Name)]
public sealed class StackTrialTests
{
    [Theory]
    [InlineData(SmokeRuntime.CoreClr)]
    [InlineData(SmokeRuntime.NativeAot)]
    public void Keep_keeps_every_page(SmokeRuntime runtime) => Succeeds(runtime, "keep");

    [Theory]
    [InlineData(SmokeRuntime.CoreClr)]
    [InlineData(SmokeRuntime.NativeAot)]
    public void A_thousand_idle_threads_that_ran_deep_hold_under_8_MiB_with_trim(SmokeRuntime runtime) => Succeeds(runtime, "trim");

    [Theory]
    [InlineData(SmokeRuntime.CoreClr)]
    [InlineData(SmokeRuntime.NativeAot)]
    public void No_guest_reads_what_another_left_with_scrub(SmokeRuntime runtime) => Succeeds(runtime, "scrub");

    [Theory]
    [InlineData(SmokeRuntime.CoreClr)]
    [InlineData(SmokeRuntime.NativeAot)]
    public void Nested_calls_at_a_pool_of_one_lose_nothing(SmokeRuntime runtime) => Succeeds(runtime, "pressure");

    [Theory]
    [InlineData(SmokeRuntime.CoreClr)]
    [InlineData(SmokeRuntime.NativeAot)]
    public void Guest_without_memory_for_its_stack_is_a_trap_and_the_others_go_on(SmokeRuntime runtime) => Succeeds(runtime, "exhaustion");

    [Theory]
    [InlineData(SmokeRuntime.CoreClr)]
    [InlineData(SmokeRuntime.NativeAot)]
    public void First_call_without_memory_for_a_signal_stack_is_refused_and_loses_nothing(SmokeRuntime runtime) => Succeeds(runtime, "signal-stack");

    [Theory]
    [InlineData(SmokeRuntime.CoreClr)]
    [InlineData(SmokeRuntime.NativeAot)]
    public void Ten_thousand_threads_come_and_go_on_a_few_stacks(SmokeRuntime runtime) => Succeeds(runtime, "threads");

    private static void Succeeds(SmokeRuntime runtime, string trial)
    {
        SmokeEnd end = SmokeProgram.FindOrSkip(runtime).Run("stacks", trial);

        end.Errors.Trim().Should().BeEmpty();
        end.ExitCode.Should().Be(ExitCode.Success, string.Join('\n', end.Output));
    }
}
