using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Traps.Arm64;
using Xunit;

namespace TrapRuntime.Tests.Traps.Arm64;

public sealed class ExceptionSyndromeTests
{
    [Theory]
    [InlineData(0x9200_0004u, FaultAccess.Read)]
    [InlineData(0x9200_0044u, FaultAccess.Write)]
    [InlineData(0x9600_0044u, FaultAccess.Write)]
    [InlineData(0x9200_0144u, FaultAccess.Unknown)]
    [InlineData(0x8200_0004u, FaultAccess.Execute)]
    [InlineData(0x8600_0004u, FaultAccess.Execute)]
    [InlineData(0x0200_0000u, FaultAccess.Unknown)]
    [InlineData(0u, FaultAccess.Unknown)]
    public void Syndrome_tells_the_access(uint syndrome, FaultAccess access) =>
        ExceptionSyndrome.AccessOf(new TrapCapture { ErrorCode = syndrome }).Should().Be(access);
}
