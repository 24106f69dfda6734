using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Traps.X64;
using Xunit;

namespace TrapRuntime.Tests.Traps.X64;

public sealed class PageFaultErrorTests
{
    [Theory]
    [InlineData(14, 0x04, FaultAccess.Read)]
    [InlineData(14, 0x05, FaultAccess.Read)]
    [InlineData(14, 0x06, FaultAccess.Write)]
    [InlineData(14, 0x07, FaultAccess.Write)]
    [InlineData(14, 0x14, FaultAccess.Execute)]
    [InlineData(14, 0x15, FaultAccess.Execute)]
    [InlineData(13, 0x06, FaultAccess.Unknown)]
    [InlineData(0, 0, FaultAccess.Unknown)]
    public void Error_code_tells_the_access(int exception, int error, FaultAccess access) => PageFaultError
        .AccessOf(new TrapCapture { ExceptionNumber = (nuint)exception, ErrorCode = (nuint)error }).Should().Be(access);
}
