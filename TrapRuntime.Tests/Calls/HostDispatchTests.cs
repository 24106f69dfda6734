using FluentAssertions;
using TrapRuntime.AotSmoke.Scenarios;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Calls;

public sealed class HostDispatchTests
{
    private const int Aborted = 134; // 128 + SIGABRT
    private const string Reason = "A host function was called outside any guest";

    [Fact]
    public void An_exception_that_no_guest_call_can_catch_ends_the_process_and_says_why()
    {
        (int exitCode, string errors) = ChildProcess.Run(nameof(ExceptionInPlace));

        errors.Should().Contain(Reason).And.Contain(ExceptionInPlace.Message);
        exitCode.Should().Be(Aborted);
    }

    [Fact]
    public void So_it_does_under_NativeAOT()
    {
        Assert.SkipWhen(SmokeExecutable.Path is null, SmokeExecutable.Missing);

        (int exitCode, _, string errors) = SmokeExecutable.Run("crash-in-place");

        errors.Should().Contain(Reason).And.Contain(ExceptionInPlace.Message);
        exitCode.Should().Be(Aborted);
    }
}
