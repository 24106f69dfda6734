using FluentAssertions;
using TrapRuntime.AotSmoke.Commands;
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
        exitCode.Should().Be(ExitCode.Success);
    }

    [Fact]
    public void So_they_do_under_NativeAOT()
    {
        SmokeEnd end = SmokeProgram.FindOrSkip(SmokeRuntime.NativeAot).Run("exhaust-calls");

        end.Errors.Trim().Should().BeEmpty();
        end.ExitCode.Should().Be(ExitCode.Success);
    }
}
