using System.Text.Json;
using FluentAssertions;
using TrapRuntime.AotSmoke.Commands;
using TrapRuntime.AotSmoke.Scenarios;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Smoke;

[Collection(StacksCollection.Name)]
public sealed class SmokeTests
{
    public static TheoryData<string> Cases => [.. ScenarioTable.Select("").Select(scenario => scenario.What)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scenario_holds_in_this_process(string what)
    {
        ScenarioRow row = ScenarioRunner.Run(ScenarioTable.Select(what).Single(scenario => scenario.What == what));

        row.Got.Should().Be(row.Expected);
        row.Ok.Should().BeTrue();
    }

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void All_scenarios_hold_in_the_program(SmokeRuntime runtime)
    {
        SmokeEnd end = SmokeProgram.FindOrSkip(runtime).Run("smoke");

        end.Output[^1].Should().Be($"{Cases.Count} passed, 0 failed");
        end.ExitCode.Should().Be(ExitCode.Success);
    }

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Json_rows_have_the_five_members(SmokeRuntime runtime)
    {
        SmokeEnd end = SmokeProgram.FindOrSkip(runtime).Run("smoke", "--json", "--filter", "null read");

        using JsonDocument row = JsonDocument.Parse(end.Output[0]);
        row.RootElement.GetProperty("what").GetString().Should().Be("null read");
        row.RootElement.GetProperty("expected").GetString().Should().Be(row.RootElement.GetProperty("got").GetString());
        row.RootElement.GetProperty("microseconds").GetDouble().Should().BePositive();
        row.RootElement.GetProperty("ok").GetBoolean().Should().BeTrue();
        end.Output[1].Should().Be("1 passed, 0 failed");
    }

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Repeated_scenarios_are_counted_each_time(SmokeRuntime runtime)
    {
        SmokeEnd end = SmokeProgram.FindOrSkip(runtime).Run("smoke", "--repeat", "3", "--filter", "ud2");

        end.Output[^1].Should().Be("3 passed, 0 failed");
    }

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Filter_that_matches_nothing_is_a_failure(SmokeRuntime runtime)
    {
        SmokeEnd end = SmokeProgram.FindOrSkip(runtime).Run("smoke", "--filter", "no such scenario");

        end.ExitCode.Should().Be(ExitCode.Failure);
        end.Output.Should().Equal("0 passed, 0 failed");
    }

    [Theory]
    [InlineData]
    [InlineData("no-such-command")]
    [InlineData("smoke", "--no-such-option")]
    [InlineData("smoke", "--filter")]
    [InlineData("smoke", "--repeat", "0")]
    [InlineData("crash-native-write", "--with")]
    public void Nonsense_on_the_command_line_gets_the_usage_text(params string[] arguments)
    {
        SmokeEnd end = SmokeProgram.FindOrSkip(SmokeRuntime.CoreClr).Run(arguments);

        end.ExitCode.Should().Be(ExitCode.Usage);
        end.Errors.Should().Contain("Usage:").And.Contain("smoke [--json]");
        end.Output.Should().BeEmpty();
    }
}
