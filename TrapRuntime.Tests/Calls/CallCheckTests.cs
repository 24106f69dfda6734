using FluentAssertions;
using TrapRuntime.AotSmoke.Calls;
using TrapRuntime.AotSmoke.Commands;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Calls;

public sealed class CallCheckTests
{
    public static TheoryData<string> Names => [.. CallCheckTable.All.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds_in_this_process(string name) => CallCheckTable.All.Single(check => check.Name == name).Run();

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void All_checks_hold_in_the_program(SmokeRuntime runtime)
    {
        SmokeEnd end = SmokeProgram.FindOrSkip(runtime).Run("calls");

        end.Output.Should().EndWith($"{CallCheckTable.All.Count} passed, 0 failed", string.Join('\n', end.Output));
        end.ExitCode.Should().Be(ExitCode.Success, end.Errors);
    }
}
