using FluentAssertions;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Signals;

/// <summary>The interrupt signal among others, in processes of their own under either runtime.</summary>
public sealed class InterruptSignalsTests
{
    private const string Command = "interrupt-signals";
    private const string NoSignal = "no-signal";
    private const string SecondUserSignal = "second-user-signal";
    private const string HandlersOfTheHost = "handlers-of-the-host";
    private const string EarlierHandler = "earlier-handler";
    private const string BlockingRead = "blocking-read";

    [Fact]
    public void Without_a_signal_the_token_is_seen_when_a_host_function_returns() => Check(NoSignal);

    [Fact]
    public void Second_user_signal_leaves_the_first_alone() => Check(SecondUserSignal);

    [Fact]
    public void Kick_that_nobody_handles_is_not_sent() => Check(HandlersOfTheHost);

    [Fact]
    public void Earlier_handler_sees_foreign_signals_and_none_of_ours() => Check(EarlierHandler);

    [Fact]
    public void Kicks_fail_no_system_call_of_a_host_function() => Check(BlockingRead);

    [Theory]
    [InlineData(NoSignal)]
    [InlineData(SecondUserSignal)]
    [InlineData(HandlersOfTheHost)]
    [InlineData(EarlierHandler)]
    [InlineData(BlockingRead)]
    public void Ahead_of_time_too(string name)
    {
        (int exitCode, string output) = SmokeProgram.RunAot(Command, name);
        exitCode.Should().Be(0, output);
    }

    private static void Check(string name)
    {
        (int exitCode, string output) = SmokeProgram.RunClr(Command, name);
        exitCode.Should().Be(0, output);
    }
}
