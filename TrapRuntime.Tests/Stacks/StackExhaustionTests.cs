using FluentAssertions;
using TrapRuntime.AotSmoke.Scenarios;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Stacks;

public sealed class StackExhaustionTests
{
    [Fact]
    public void Running_out_of_address_space_is_an_answer_and_idle_stacks_make_room_first()
    {
        (int exitCode, string errors) = ChildProcess.Run(nameof(StackExhaustion));

        errors.Should().BeEmpty();
        exitCode.Should().Be(0);
    }
}
