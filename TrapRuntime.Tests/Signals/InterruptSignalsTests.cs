using FluentAssertions;
using TrapRuntime.AotSmoke.Commands;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Signals;

/// <summary>The interrupt signal among others, each time in a process of its own.</summary>
public sealed class InterruptSignalsTests
{
    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Without_a_signal_the_token_is_seen_when_a_host_function_returns(SmokeRuntime runtime) => Check(runtime, "no-signal");

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Second_user_signal_leaves_the_first_alone(SmokeRuntime runtime) => Check(runtime, "second-user-signal");

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Kick_that_nobody_handles_is_not_sent(SmokeRuntime runtime) => Check(runtime, "handlers-of-the-host");

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Earlier_handler_sees_foreign_signals_and_none_of_ours(SmokeRuntime runtime) => Check(runtime, "earlier-handler");

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Kicks_fail_no_system_call_of_a_host_function(SmokeRuntime runtime) => Check(runtime, "blocking-read");

    private static void Check(SmokeRuntime runtime, string name)
    {
        SmokeEnd end = SmokeProgram.FindOrSkip(runtime).Run("interrupt-signals", name);
        end.ExitCode.Should().Be(ExitCode.Success, end.Errors);
    }
}
