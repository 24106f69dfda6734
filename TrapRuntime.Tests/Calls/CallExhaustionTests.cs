using FluentAssertions;
using TrapRuntime.AotSmoke.Scenarios;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Calls;

public sealed class CallExhaustionTests
{
    [Fact]
    public void Calls_and_host_functions_that_find_no_memory_say_so_before_anything_runs_and_lose_nothing()
    {
        (int exitCode, string errors) = ChildProcess.Run(nameof(CallExhaustion));

        errors.Should().BeEmpty();
        exitCode.Should().Be(0);
    }

    [Fact]
    public void So_they_do_under_NativeAOT()
    {
        Assert.SkipWhen(SmokeExecutable.Path is null, SmokeExecutable.Missing);

        (int exitCode, _, string errors) = SmokeExecutable.Run("exhaust-calls");

        errors.Should().BeEmpty();
        exitCode.Should().Be(0);
    }
}
