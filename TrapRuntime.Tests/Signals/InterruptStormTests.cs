using FluentAssertions;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Signals;

/// <summary>Short storms; <c>interrupt-storm --seconds 30</c> and <c>interrupt-allocator</c> of the smoke program run longer ones.</summary>
public sealed class InterruptStormTests
{
    private const string Seconds = "2";
    private const string Interrupts = "300";

    [Fact]
    public void Every_cancelled_call_ends_and_no_other()
    {
        (int exitCode, string output) = SmokeProgram.RunClr("interrupt-storm", "--seconds", Seconds);
        exitCode.Should().Be(0, output);
    }

    [Fact]
    public void Every_cancelled_call_ends_and_no_other_ahead_of_time()
    {
        (int exitCode, string output) = SmokeProgram.RunAot("interrupt-storm", "--seconds", Seconds);
        exitCode.Should().Be(0, output);
    }

    [Fact]
    public void Guest_inside_the_allocator_never_leaves_its_lock_behind()
    {
        using CompiledLibrary plugin = new("churn.c");
        (int exitCode, string output) = SmokeProgram.RunClr("interrupt-allocator", plugin.FileName, Interrupts);
        exitCode.Should().Be(0, output);
    }

    [Fact]
    public void Guest_inside_the_allocator_never_leaves_its_lock_behind_ahead_of_time()
    {
        using CompiledLibrary plugin = new("churn.c");
        (int exitCode, string output) = SmokeProgram.RunAot("interrupt-allocator", plugin.FileName, Interrupts);
        exitCode.Should().Be(0, output);
    }
}
