using FluentAssertions;
using Xunit;

namespace TrapRuntime.Tests.Handlers.Published;

/// <summary>Reads the handlers out of the executable that NativeAOT made of this library.</summary>
public sealed class PublishedHandlerTests
{
    private const string ExecutableVariable = "TRAPRUNTIME_SMOKE_AOT";
    private const string Prefix = "TrapRuntime_TrapRuntime_";

    [Theory]
    [InlineData("Handlers_LinuxX64Entry__OnFault")]
    [InlineData("Handlers_LinuxX64Entry__OnInterrupt")]
    public void Handler_reaches_nothing_of_the_runtime(string name)
    {
        HandlerWalk walk = HandlerWalk.From(Executable(), Prefix + name);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', walk.Reached.Select(function => $"{function.Key}: {function.Value} bytes of stack")));
        walk.Wrong.Should().BeEmpty();
        walk.Reached.Should().ContainKey(Prefix + "Platforms_Linux_LinuxX64Context__Capture");
    }

    [Theory]
    [InlineData("Signals_ThreadSetup__Ensure")]
    [InlineData("Calls_Landing__Finish")]
    public void Functions_that_may_use_the_runtime_do_not_pass(string name) =>
        HandlerWalk.From(Executable(), Prefix + name).Wrong.Should().NotBeEmpty();

    private static ElfImage Executable()
    {
        string? path = Environment.GetEnvironmentVariable(ExecutableVariable);
        if (string.IsNullOrEmpty(path))
        {
            Assert.Skip($"{ExecutableVariable} does not say where the published smoke executable is. `./build.sh test` publishes it and says so; "
                + "by hand: dotnet publish TrapRuntime.AotSmoke -f net9.0 -r linux-x64 -c Release.");
        }

        return new ElfImage(path);
    }
}
