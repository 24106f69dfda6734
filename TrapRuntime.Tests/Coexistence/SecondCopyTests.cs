using FluentAssertions;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Coexistence;

public sealed class SecondCopyTests
{
    private const int OwnCrash = 42;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(SmokeRuntime.NativeAot)]
    [InlineData(SmokeRuntime.CoreClr)]
    public void Two_copies_trap_in_one_process_whichever_is_on_top(SmokeRuntime runtime)
    {
        ProcessResult result = SmokeChild.Run(runtime, "second-copy", SharedLibrary.Path);
        result.ExitCode.Should().Be(0, result.ToString());
    }

    [Fact]
    public void Two_load_contexts_trap_in_one_process()
    {
        (int exitCode, string errors) = ChildProcess.Run(nameof(TwoLoadContexts));
        errors.Should().BeEmpty();
        exitCode.Should().Be(0);
    }

    [Fact]
    public void Host_that_owns_its_handlers_asks_first_and_nothing_is_installed()
    {
        ProcessResult result = Processes.Run([NativeBuild.Program("embedder"), SharedLibrary.Path], [], s_patience);
        result.Output.Should().Be("ok\n", result.ToString());
        result.ExitCode.Should().Be(0, result.ToString());
    }

    [Fact]
    public void Crash_of_such_a_host_stays_its_own()
    {
        ProcessResult result = Processes.Run([NativeBuild.Program("embedder"), SharedLibrary.Path, "crash"], [], s_patience);
        result.ExitCode.Should().Be(OwnCrash, result.ToString());
    }
}
