using FluentAssertions;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Coexistence;

/// <summary>Short storms; <c>storm --minutes N</c> and <c>chaos --seconds N --seed S</c> of the smoke program are the long ones.</summary>
public sealed class StormTests
{
    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Nothing_is_lost_wrong_or_hung_when_everything_happens_at_once(SmokeRuntime runtime) => Storm(runtime, [], "storm", "--seconds", "2");

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Nothing_is_lost_wrong_or_hung_in_the_order_of_a_seed(SmokeRuntime runtime) => Storm(runtime, [], "chaos", "--seconds", "2", "--seed", "7");

    [Theory]
    [InlineData(SmokeRuntime.CoreClr, "DOTNET_gcServer=1")]
    [InlineData(SmokeRuntime.CoreClr, "DOTNET_gcConcurrent=0")]
    [InlineData(SmokeRuntime.CoreClr, "DOTNET_gcConservative=1")]
    [InlineData(SmokeRuntime.CoreClr, "DOTNET_TieredPGO=0")]
    [InlineData(SmokeRuntime.CoreClr, "DOTNET_TieredCompilation=0")]
    [InlineData(SmokeRuntime.CoreClr, "DOTNET_EnableAlternateStackCheck=1")]
    [InlineData(SmokeRuntime.NativeAot, "DOTNET_gcServer=1")]
    [InlineData(SmokeRuntime.NativeAot, "DOTNET_gcConcurrent=0")]
    [InlineData(SmokeRuntime.NativeAot, "DOTNET_gcConservative=1")]
    public void Nothing_is_lost_under_another_setting_of_the_runtime(SmokeRuntime runtime, string setting) =>
        Storm(runtime, new Dictionary<string, string> { [setting.Split('=')[0]] = setting.Split('=')[1] }, "storm", "--seconds", "1");

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Ten_thousand_threads_that_come_trap_and_go_leave_no_mapping_behind(SmokeRuntime runtime)
    {
        ProcessResult result = SmokeChild.Run(runtime, "churn", "10000");
        result.ExitCode.Should().Be(0, result.ToString());
    }

    private static void Storm(SmokeRuntime runtime, Dictionary<string, string> environment, params string[] arguments)
    {
        ProcessResult result = SmokeChild.Run(runtime, [], environment, arguments);
        result.ExitCode.Should().Be(0, result.ToString());
        result.Output.Should().Contain(" 0 wrong, 0 hangs");
    }
}
