using FluentAssertions;
using TrapRuntime.AotSmoke.Commands;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Signals;

/// <summary>Short storms; <c>interrupt-storm --seconds 30</c> and <c>interrupt-allocator</c> of the smoke program run longer ones.</summary>
public sealed class InterruptStormTests
{
    private const string Seconds = "2";
    private const string Interrupts = "300";

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Every_cancelled_call_ends_and_no_other(SmokeRuntime runtime)
    {
        SmokeEnd end = SmokeProgram.FindOrSkip(runtime).Run("interrupt-storm", "--seconds", Seconds);
        end.ExitCode.Should().Be(ExitCode.Success, end.Errors);
    }

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Guest_inside_the_allocator_never_leaves_its_lock_behind(SmokeRuntime runtime)
    {
        using CompiledLibrary plugin = new("churn.c");
        SmokeEnd end = SmokeProgram.FindOrSkip(runtime).Run("interrupt-allocator", plugin.FileName, Interrupts);
        end.ExitCode.Should().Be(ExitCode.Success, end.Errors);
    }
}
