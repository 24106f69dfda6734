using FluentAssertions;
using TrapRuntime.AotSmoke.Calls;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Calls;

public sealed class CallCheckTests
{
    public static TheoryData<string> Names => [.. CallCheckTable.All.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds_under_CoreCLR(string name) => CallCheckTable.All.Single(check => check.Name == name).Run();

    [Fact]
    public void All_checks_hold_under_NativeAOT()
    {
        Assert.SkipWhen(SmokeExecutable.Path is null, SmokeExecutable.Missing);

        (int exitCode, string output, string errors) = SmokeExecutable.Run("calls");

        output.Should().EndWith($"{CallCheckTable.All.Count} passed, 0 failed\n", errors);
        exitCode.Should().Be(0);
    }
}
